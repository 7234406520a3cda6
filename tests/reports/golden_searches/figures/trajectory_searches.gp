set terminal svg size 860,420 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0813953
set rmargin at screen 0.895349
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
set object 1 rectangle from graph 0,first 0 to graph 1,first 0.93263 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair design' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set xrange [0.5:3]
set yrange [0:1.00724]
set arrow from graph 1,graph 0.739911 to graph 1.02057,graph 0.739911 nohead linecolor rgb '#0072b2' linewidth 0.8
set label 'random' at graph 1.02571,graph 0.739911 left textcolor rgb '#0072b2' front
set arrow from graph 1,graph 0.739911 to graph 1.02057,graph 0.787531 nohead linecolor rgb '#d55e00' linewidth 0.8
set label 'evolution' at graph 1.02571,graph 0.787531 left textcolor rgb '#d55e00' front
set xtics 1
plot $arm0 using 1:3:4 with filledcurves linecolor rgb '#0072b2' fillstyle transparent solid 0.12 notitle, \
     $arm0 using 1:2 with linespoints pointtype 7 pointsize 0.6 linewidth 1.6 linecolor rgb '#0072b2' notitle, \
     $arm1 using 1:3:4 with filledcurves linecolor rgb '#d55e00' fillstyle transparent solid 0.12 notitle, \
     $arm1 using 1:2 with linespoints pointtype 13 pointsize 0.6 linewidth 1.6 linecolor rgb '#d55e00' notitle
