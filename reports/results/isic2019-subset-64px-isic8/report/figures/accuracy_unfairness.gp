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
set xrange [0:1.11121]
set yrange [3.91622:51.4009]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Balanced accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from 0,graph 0 to 0.312728,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair model' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set label 'ResNet-18' at screen 0.357648,0.443558 left textcolor rgb '#0072b2' front
set label 'ResNet-34' at screen 0.182614,0.38226 right textcolor rgb '#0072b2' front
set label 'MobileNetV1' at screen 0.45999,0.445672 left textcolor rgb '#0072b2' front
set label 'MobileNetV2' at screen 0.244465,0.48329 right textcolor rgb '#0072b2' front
set label 'FaHaNa-Fair (approximate)' at screen 0.356195,0.548531 left textcolor rgb '#0072b2' front
set label 'Search-1' at screen 0.270444,0.394866 right textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.423394,0.50973 right textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.26235,0.699923 right textcolor rgb '#d55e00' front
set label 'Constant' at screen 0.746996,0.287456 left textcolor rgb '#6f6f6f' front
$front << EOD
0.137882 18.1818
0.215045 18.1818
0.215045 24.2367
0.237358 24.2367
0.237358 37.22
EOD
$ours0 << EOD
0.333039 24.3911 0.176082 0.619606 17.0554 36.1252
0.137882 18.1818 0.0593981 0.289387 6.83195 22.5112
0.460717 24.5178 0.280695 0.730443 14.6791 34.0536
0.215045 24.2367 0.0947141 0.492075 16.7531 35.5347
0.331225 28.1468 0.249426 0.643229 18.054 38.025
EOD
$ours1 << EOD
0.247456 21.4729 0.139081 0.539265 14.1699 32.1775
0.438272 25.8214 0.246343 0.696518 18.9252 36.7079
0.237358 37.22 0.112454 0.528008 28.8479 48.4852
EOD
$ours2 << EOD
0.818777 12.5 0.620791 1.0424 12.5 14.2857
EOD
plot $front using 1:2 with lines linecolor rgb '#222222' linewidth 1.2 dashtype 2 title 'Pareto front, ours', \
     $ours0 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#0072b2' notitle, \
     $ours0 using 1:2 with points pointtype 7 pointsize 1.1 linecolor rgb '#0072b2' linewidth 1.4 title 'baselines', \
     $ours1 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#d55e00' notitle, \
     $ours1 using 1:2 with points pointtype 13 pointsize 1.1 linecolor rgb '#d55e00' linewidth 1.4 title 'searched (FL-NAS)', \
     $ours2 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#6f6f6f' notitle, \
     $ours2 using 1:2 with points pointtype 5 pointsize 1.1 linecolor rgb '#6f6f6f' linewidth 1.4 title 'constant predictor'
