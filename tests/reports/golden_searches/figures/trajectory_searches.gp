set terminal svg size 860,420 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0813953
set rmargin at screen 0.848837
set tmargin at screen 0.942857
set bmargin at screen 0.142857
set xlabel 'Designs evaluated' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Unfairness of the best so far, validation' offset 0.8,0 textcolor rgb '#222222'
$arm0 << EOD
1 0.745269 0.745269 0.745269
2 0.745269 0.745269 0.745269
3 0.745269 0.745269 0.745269
EOD
$arm1 << EOD
1 0.745269 0.745269 0.745269
2 0.745269 0.745269 0.745269
3 0.745269 0.745269 0.745269
EOD
set xrange [0.5:3]
set yrange [0:0.80489]
set label 'random' at first 3,first 0.745269 left offset 0.8,0 textcolor rgb '#0072b2' front
set label 'evolution' at first 3,first 0.786258 left offset 0.8,0 textcolor rgb '#d55e00' front
set xtics 1
plot $arm0 using 1:3:4 with filledcurves linecolor rgb '#0072b2' fillstyle transparent solid 0.12 notitle, \
     $arm0 using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.6 linecolor rgb '#0072b2' notitle, \
     $arm1 using 1:3:4 with filledcurves linecolor rgb '#d55e00' fillstyle transparent solid 0.12 notitle, \
     $arm1 using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.6 linecolor rgb '#d55e00' notitle
