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
set xrange [0.0994706:0.520121]
set yrange [47.5714:86.231]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Balanced accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from 0.0994706,graph 0 to 0.101039,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair model' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set label 'Search-1' at screen 0.517667,0.855168 right textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.724458,0.795086 left textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.670135,0.862709 right textcolor rgb '#d55e00' front
set label 'search1@reweight' at screen 0.716772,0.875735 left textcolor rgb '#009e73' front
set label 'search1@balanced-sampling' at screen 0.28649,0.774913 left textcolor rgb '#009e73' front
set label 'Constant' at screen 0.815021,0.194004 left textcolor rgb '#6f6f6f' front
$front << EOD
0.191937 80.409
0.309902 80.409
0.309902 82.2606
0.381908 82.2606
0.381908 82.6285
EOD
$ours1 << EOD
0.309902 82.2606 0.237548 0.37752 80.7389 83.6205
0.398777 81.3933 0.322065 0.471786 80.0183 82.5918
0.381908 82.6285 0.309805 0.451257 81.224 83.8571
EOD
$ours2 << EOD
0.441548 50 0.393336 0.494292 49.9452 50.2979
EOD
$ours3 << EOD
0.392951 82.0443 0.318439 0.462138 80.6237 83.291
0.191937 80.409 0.1253 0.247531 78.718 81.9785
EOD
plot $front using 1:2 with lines linecolor rgb '#222222' linewidth 1.2 dashtype 2 title 'Pareto front, ours', \
     $ours1 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#d55e00' notitle, \
     $ours1 using 1:2 with points pointtype 13 pointsize 1.1 linecolor rgb '#d55e00' linewidth 1.4 title 'searched (FL-NAS)', \
     $ours2 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#6f6f6f' notitle, \
     $ours2 using 1:2 with points pointtype 5 pointsize 1.1 linecolor rgb '#6f6f6f' linewidth 1.4 title 'constant predictor', \
     $ours3 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#009e73' notitle, \
     $ours3 using 1:2 with points pointtype 9 pointsize 1.1 linecolor rgb '#009e73' linewidth 1.4 title 'others'
