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
set xrange [0:0.527608]
set yrange [37.6732:96.3268]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from 0,graph 0 to 0.2005,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair model' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set label 'ResNet-18' at screen 0.462097,0.540385 left textcolor rgb '#0072b2' front
set label 'FaHaNa-Fair (approximate)' at screen 0.371314,0.822041 right textcolor rgb '#0072b2' front
set label 'Constant' at screen 0.342202,0.727717 right textcolor rgb '#6f6f6f' front
$ours0 << EOD
0.22 67 0 0.493092 41.2747 92.7253
0.18 86 0.1 0.28 83 89
EOD
$paper0 << EOD
0.32 66.67
0.257 71.73
EOD
$ours2 << EOD
0.16 84 0.08 0.26 81 87
EOD
$links << EOD
0.32 66.67 -0.1 0.33
0.257 71.73 -0.077 14.27
EOD
plot $links using 1:2:3:4 with vectors nohead linecolor rgb '#6f6f6f' linewidth 0.7 dashtype 3 notitle, \
     $ours0 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#0072b2' notitle, \
     $ours0 using 1:2 with points pointtype 7 pointsize 1.1 linecolor rgb '#0072b2' linewidth 1.4 title 'baselines', \
     $paper0 using 1:2 with points pointtype 6 pointsize 1 linecolor rgb '#0072b2' linewidth 1.4 notitle, \
     $ours2 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#6f6f6f' notitle, \
     $ours2 using 1:2 with points pointtype 5 pointsize 1.1 linecolor rgb '#6f6f6f' linewidth 1.4 title 'constant predictor'
