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
set xrange [0.023327:0.81171]
set yrange [47.5386:87.6239]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Balanced accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from 0.023327,graph 0 to 0.320738,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair model' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set label 'ResNet-18' at screen 0.561353,0.510095 right textcolor rgb '#0072b2' front
set label 'ResNet-34' at screen 0.607324,0.65096 left textcolor rgb '#0072b2' front
set label 'MobileNetV1' at screen 0.219654,0.796332 right textcolor rgb '#0072b2' front
set label 'MobileNetV2' at screen 0.394021,0.75225 left textcolor rgb '#0072b2' front
set label 'FaHaNa-Fair (approximate)' at screen 0.31118,0.700113 right textcolor rgb '#0072b2' front
set label 'Search-1' at screen 0.404721,0.56727 right textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.46229,0.641448 left textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.272565,0.642627 right textcolor rgb '#d55e00' front
set label 'Constant' at screen 0.686945,0.192881 left textcolor rgb '#6f6f6f' front
$ours0 << EOD
0.456385 66.0488 0.226524 0.72466 60.3106 71.131
0.476491 71.9108 0.31565 0.750687 67.4455 76.3339
0.153937 80.5304 0.0717364 0.423564 75.5419 85.1625
0.291807 78.3002 0.159702 0.55029 72 84.3838
0.23495 77.8029 0.0837834 0.449551 70.5959 85.0002
EOD
$ours1 << EOD
0.317746 71.082 0.148847 0.597809 63.0269 78.7712
0.352235 72.6944 0.172471 0.624275 66.875 77.8126
0.20077 74.8945 0.0812078 0.466758 67.9644 81.5577
EOD
$ours2 << EOD
0.551083 50 0.349119 0.7633 50 50
EOD
plot $ours0 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#0072b2' notitle, \
     $ours0 using 1:2 with points pointtype 7 pointsize 1.1 linecolor rgb '#0072b2' linewidth 1.4 title 'baselines', \
     $ours1 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#d55e00' notitle, \
     $ours1 using 1:2 with points pointtype 13 pointsize 1.1 linecolor rgb '#d55e00' linewidth 1.4 title 'searched (FL-NAS)', \
     $ours2 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#6f6f6f' notitle, \
     $ours2 using 1:2 with points pointtype 5 pointsize 1.1 linecolor rgb '#6f6f6f' linewidth 1.4 title 'constant predictor'
