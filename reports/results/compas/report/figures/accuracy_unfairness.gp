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
set xrange [0:1.16233]
set yrange [48.6081:70.1547]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Balanced accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from 0,graph 0 to 0.502261,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair model' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set label 'Logistic regression' at screen 0.41148,0.732278 left textcolor rgb '#009e73' front
set label 'MLP' at screen 0.394065,0.857919 left textcolor rgb '#009e73' front
set label 'XGBoost' at screen 0.35895,0.84554 right textcolor rgb '#6f6f6f' front
set label 'COMPAS score' at screen 0.380907,0.730863 right textcolor rgb '#6f6f6f' front
set label 'Constant' at screen 0.768401,0.195413 left textcolor rgb '#6f6f6f' front
$ours2 << EOD
0.37434 67.68 0 0.662178 66.5003 68.8317
0.402993 65.712 0 0.621177 64.5114 66.8857
0.884381 50 0.393817 1.08629 49.9311 50.0824
EOD
$ours3 << EOD
0.412542 66.4303 0.0268359 0.695267 65.2682 67.57
0.389815 67.3368 0.0215882 0.672795 66.1249 68.5209
EOD
plot $ours2 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#6f6f6f' notitle, \
     $ours2 using 1:2 with points pointtype 5 pointsize 1.1 linecolor rgb '#6f6f6f' linewidth 1.4 title 'constant predictor', \
     $ours3 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#009e73' notitle, \
     $ours3 using 1:2 with points pointtype 9 pointsize 1.1 linecolor rgb '#009e73' linewidth 1.4 title 'others'
