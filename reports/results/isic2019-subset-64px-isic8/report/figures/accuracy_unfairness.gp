set terminal svg size 860,520 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0813953
set rmargin at screen 0.972093
set tmargin at screen 0.915385
set bmargin at screen 0.123077
set xrange [0:1.11322]
set yrange [0:80.219]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from 0,graph 0 to 0.312728,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair model' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set label 'ResNet-18' at screen 0.357165,0.585887 left textcolor rgb '#0072b2' front
set label 'ResNet-34' at screen 0.201018,0.20843 left textcolor rgb '#0072b2' front
set label 'MobileNetV1' at screen 0.463973,0.579118 left textcolor rgb '#0072b2' front
set label 'MobileNetV2' at screen 0.244152,0.54918 right textcolor rgb '#0072b2' front
set label 'FaHaNa-Fair (like)' at screen 0.355714,0.657825 left textcolor rgb '#0072b2' front
set label 'Search-1' at screen 0.29334,0.481872 left textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.422758,0.559057 right textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.285261,0.452242 left textcolor rgb '#d55e00' front
set label 'Constant' at screen 0.745808,0.771408 left textcolor rgb '#6f6f6f' front
$front << EOD
0.137882 6.5
0.215045 6.5
0.215045 41
0.331225 41
0.331225 52
EOD
$ours0 << EOD
0.333039 49 0.176082 0.619606 42 55.5
0.137882 6.5 0.0593981 0.289387 3.5 10
0.460717 41.5 0.280695 0.730443 35 48.5
0.215045 41 0.0947141 0.492075 34.5 47.5
0.331225 52 0.249426 0.643229 45 59
EOD
$paper0 << EOD
0.32 66.67
0.4354 63.8
0.3498 67.73
0.5778 66.93
0.257 71.73
EOD
$ours1 << EOD
0.247456 41 0.139081 0.539265 34 47.5
0.438272 42 0.246343 0.696518 35.5 49
0.237358 38 0.112454 0.528008 31 44.5125
EOD
$paper1 << EOD
0.1044 75.2
0.0306 73.2
0.1136 72
EOD
$ours2 << EOD
0.818777 63.5 0.620791 1.0424 57 70
EOD
$links << EOD
0.32 66.67 0.0130392 -17.67
0.4354 63.8 -0.297518 -57.3
0.3498 67.73 0.110917 -26.23
0.5778 66.93 -0.362755 -25.93
0.257 71.73 0.0742255 -19.73
0.1044 75.2 0.143056 -34.2
0.0306 73.2 0.407672 -31.2
0.1136 72 0.123758 -34
EOD
plot $links using 1:2:3:4 with vectors nohead linecolor rgb '#6f6f6f' linewidth 0.7 dashtype 3 notitle, \
     $front using 1:2 with lines linecolor rgb '#222222' linewidth 1.2 dashtype 2 title 'Pareto front, ours', \
     $ours0 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#0072b2' notitle, \
     $ours0 using 1:2 with points pointtype 7 pointsize 1.1 linecolor rgb '#0072b2' linewidth 1.4 title 'baselines', \
     $paper0 using 1:2 with points pointtype 6 pointsize 1 linecolor rgb '#0072b2' linewidth 1.4 notitle, \
     $ours1 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#d55e00' notitle, \
     $ours1 using 1:2 with points pointtype 13 pointsize 1.1 linecolor rgb '#d55e00' linewidth 1.4 title 'searched (FL-NAS)', \
     $paper1 using 1:2 with points pointtype 12 pointsize 1 linecolor rgb '#d55e00' linewidth 1.4 notitle, \
     $ours2 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#6f6f6f' notitle, \
     $ours2 using 1:2 with points pointtype 5 pointsize 1.1 linecolor rgb '#6f6f6f' linewidth 1.4 title 'constant predictor'
