set terminal svg size 860,420 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0813953
set rmargin at screen 0.972093
set tmargin at screen 0.895238
set bmargin at screen 0.142857
set xlabel 'Unfairness, sum over groups, validation (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Accuracy, validation (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.980952 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
$designs0 << EOD
0.745269 37.5
0.745269 37.5
0.745269 37.5
0.745269 37.5
0.745269 62.5
0.745269 62.5
EOD
$designs1 << EOD
0.745269 37.5
0.745269 37.5
0.745269 37.5
0.745269 37.5
0.745269 62.5
0.745269 62.5
EOD
$front << EOD
0.745269 62.5
0.745269 62.5
0.745269 62.5
0.745269 62.5
EOD
set object 1 rectangle from first 0,graph 0 to first 0.93263,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair design' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set xrange [0:*]
plot $designs0 using 1:2 with points pointtype 6 pointsize 1 linecolor rgb '#0072b2' linewidth 1.4 title 'random', \
     $designs1 using 1:2 with points pointtype 12 pointsize 1 linecolor rgb '#d55e00' linewidth 1.4 title 'evolution', \
     $front using 1:2 with lines linecolor rgb '#222222' dashtype 2 title 'Pareto front'
