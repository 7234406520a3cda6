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
set xrange [0:0.814589]
set yrange [40.455:90.045]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from 0,graph 0 to 0.320738,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair model' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set label 'ResNet-18' at screen 0.571119,0.304721 right textcolor rgb '#0072b2' front
set label 'ResNet-34' at screen 0.611708,0.408573 left textcolor rgb '#0072b2' front
set label 'MobileNetV1' at screen 0.240413,0.64823 right textcolor rgb '#0072b2' front
set label 'MobileNetV2' at screen 0.41442,0.705185 left textcolor rgb '#0072b2' front
set label 'FaHaNa-Fair (like)' at screen 0.347599,0.800014 left textcolor rgb '#0072b2' front
set label 'Search-1' at screen 0.414875,0.54098 right textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.475842,0.472482 left textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.300924,0.566276 center textcolor rgb '#d55e00' front
set label 'Constant' at screen 0.693269,0.760071 left textcolor rgb '#6f6f6f' front
$front << EOD
0.153937 72
0.23495 72
0.23495 81.5
EOD
$ours0 << EOD
0.456385 50.5 0.226524 0.72466 43.5 57.5
0.476491 57 0.31565 0.750687 50 63.5
0.153937 72 0.0717364 0.423564 65.5 78.0125
0.291807 74 0.159702 0.55029 68 80
0.23495 81.5 0.0837834 0.449551 76.5 87
EOD
$paper0 << EOD
0.32 66.67
0.4354 63.8
0.3498 67.73
0.5778 66.93
0.257 71.73
EOD
$ours1 << EOD
0.317746 69.5 0.148847 0.597809 63 76
0.352235 61 0.172471 0.624275 54.5 67.5
0.20077 70 0.0812078 0.466758 63.5 76.5
EOD
$paper1 << EOD
0.1044 75.2
0.0306 73.2
0.1136 72
EOD
$ours2 << EOD
0.551083 79 0.349119 0.7633 73 84.5
EOD
$links << EOD
0.32 66.67 0.136385 -16.17
0.4354 63.8 0.0410912 -6.8
0.3498 67.73 -0.195863 4.27
0.5778 66.93 -0.285993 7.07
0.257 71.73 -0.02205 9.77
0.1044 75.2 0.213346 -5.7
0.0306 73.2 0.321635 -12.2
0.1136 72 0.0871703 -2
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
