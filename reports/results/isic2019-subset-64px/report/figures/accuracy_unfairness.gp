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
set xrange [0.219576:0.512264]
set yrange [47.5816:86.2268]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Balanced accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set label 'Search-1' at screen 0.346971,0.855224 right textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.636037,0.795135 left textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.584702,0.862767 left textcolor rgb '#d55e00' front
set label 'Constant' at screen 0.766194,0.193812 left textcolor rgb '#6f6f6f' front
$front << EOD
0.309902 82.2606
0.381908 82.2606
0.381908 82.6285
EOD
$ours1 << EOD
0.309902 82.2606 0.237548 0.37752 80.7413 83.6181
0.398777 81.3933 0.322065 0.471786 80.022 82.5882
0.381908 82.6285 0.309805 0.451257 81.2274 83.8538
EOD
$ours2 << EOD
0.441548 50 0.393336 0.494292 49.9546 50.2469
EOD
plot $front using 1:2 with lines linecolor rgb '#222222' linewidth 1.2 dashtype 2 title 'Pareto front, ours', \
     $ours1 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#d55e00' notitle, \
     $ours1 using 1:2 with points pointtype 13 pointsize 1.1 linecolor rgb '#d55e00' linewidth 1.4 title 'searched (FL-NAS)', \
     $ours2 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#6f6f6f' notitle, \
     $ours2 using 1:2 with points pointtype 5 pointsize 1.1 linecolor rgb '#6f6f6f' linewidth 1.4 title 'constant predictor'
