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
set xrange [0:0.8343]
set yrange [46.0492:87.1416]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Balanced accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from 0,graph 0 to 0.39122,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair model' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set label 'ResNet-18' at screen 0.559329,0.529846 right textcolor rgb '#0072b2' front
set label 'ResNet-34' at screen 0.60405,0.667871 left textcolor rgb '#0072b2' front
set label 'MobileNetV1' at screen 0.236436,0.809067 right textcolor rgb '#0072b2' front
set label 'MobileNetV2' at screen 0.40223,0.766066 left textcolor rgb '#0072b2' front
set label 'FaHaNa-Fair (approximate)' at screen 0.322925,0.71417 right textcolor rgb '#0072b2' front
set label 'Search-1' at screen 0.406667,0.559583 right textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.466743,0.65798 left textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.286435,0.658093 right textcolor rgb '#d55e00' front
set label 'Constant' at screen 0.679033,0.220407 left textcolor rgb '#6f6f6f' front
$ours0 << EOD
0.456385 66.0488 0.124995 0.726096 58.7946 70.7781
0.476491 71.9108 0.145116 0.716755 65.203 75.9577
0.153937 80.5304 0 0.361013 73.4485 84.6184
0.291807 78.3002 0 0.498904 70.3798 83.4472
0.23495 77.8029 0 0.442037 69.5702 84.0655
EOD
$ours1 << EOD
0.317746 71.082 0 0.567743 62.6596 77.5487
0.352235 72.6944 0 0.618892 65.3174 77.3609
0.20077 74.8945 0 0.414874 66.7978 80.4349
EOD
$ours2 << EOD
0.551083 50 0.30113 0.77972 48.5724 54.995
EOD
plot $ours0 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#0072b2' notitle, \
     $ours0 using 1:2 with points pointtype 7 pointsize 1.1 linecolor rgb '#0072b2' linewidth 1.4 title 'baselines', \
     $ours1 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#d55e00' notitle, \
     $ours1 using 1:2 with points pointtype 13 pointsize 1.1 linecolor rgb '#d55e00' linewidth 1.4 title 'searched (FL-NAS)', \
     $ours2 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#6f6f6f' notitle, \
     $ours2 using 1:2 with points pointtype 5 pointsize 1.1 linecolor rgb '#6f6f6f' linewidth 1.4 title 'constant predictor'
