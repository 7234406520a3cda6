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
set xrange [0:1.33691]
set yrange [48.6667:69.4282]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Balanced accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from 0,graph 0 to 0.451345,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair model' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set label 'Logistic regression' at screen 0.330212,0.800485 left textcolor rgb '#009e73' front
set label 'MLP' at screen 0.289041,0.844864 left textcolor rgb '#009e73' front
set label 'XGBoost' at screen 0.269451,0.8447 right textcolor rgb '#6f6f6f' front
set label 'COMPAS score' at screen 0.395713,0.72995 left textcolor rgb '#6f6f6f' front
set label 'Constant' at screen 0.726013,0.195111 left textcolor rgb '#6f6f6f' front
$ours2 << EOD
0.296228 67.0217 0 0.526204 65.9304 68.0907
0.457818 65.1234 0.103878 0.704364 64.0073 66.2172
0.953586 50 0.602514 1.24944 49.9416 50.0712
EOD
$ours3 << EOD
0.359503 65.8631 0 0.606335 64.7451 66.9638
0.297707 67.026 0 0.505054 65.8773 68.1534
EOD
plot $ours2 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#6f6f6f' notitle, \
     $ours2 using 1:2 with points pointtype 5 pointsize 1.1 linecolor rgb '#6f6f6f' linewidth 1.4 title 'constant predictor', \
     $ours3 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#009e73' notitle, \
     $ours3 using 1:2 with points pointtype 9 pointsize 1.1 linecolor rgb '#009e73' linewidth 1.4 title 'others'
