set terminal svg size 860,420 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0813953
set rmargin at screen 0.843023
set tmargin at screen 0.942857
set bmargin at screen 0.142857
set xlabel 'Designs evaluated' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Unfairness of the best so far, validation' offset 0.8,0 textcolor rgb '#222222'
$group0 << EOD
1 0.460108 0.420584 0.499632
2 0.270912 0.25046 0.291364
3 0.289428 0.25046 0.328397
4 0.289428 0.25046 0.328397
5 0.231639 0.212818 0.25046
6 0.231639 0.212818 0.25046
EOD
$group1 << EOD
1 0.214767 0.146192 0.283342
2 0.23327 0.183199 0.283342
3 0.23327 0.183199 0.283342
4 0.225781 0.16822 0.283342
5 0.225781 0.16822 0.283342
6 0.225781 0.16822 0.283342
EOD
$group2 << EOD
1 0.382844 0.342772 0.422915
2 0.264553 0.186334 0.342772
3 0.267037 0.191301 0.342772
4 0.161143 0.15521 0.167076
5 0.161143 0.15521 0.167076
6 0.145228 0.135246 0.15521
EOD
set object 1 rectangle from graph 0,first 0 to graph 1,first 0.223961 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair design' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set xrange [0.5:6]
set yrange [0:0.539603]
set arrow from graph 1,graph 0.429277 to graph 1.02198,graph 0.466039 nohead linecolor rgb '#0072b2' linewidth 0.8
set label 'random-sensible' at graph 1.02748,graph 0.466039 left textcolor rgb '#0072b2' front
set arrow from graph 1,graph 0.41842 to graph 1.02198,graph 0.41842 nohead linecolor rgb '#d55e00' linewidth 0.8
set label 'random' at graph 1.02748,graph 0.41842 left textcolor rgb '#d55e00' front
set arrow from graph 1,graph 0.269139 to graph 1.02198,graph 0.269139 nohead linecolor rgb '#009e73' linewidth 0.8
set label 'flnas' at graph 1.02748,graph 0.269139 left textcolor rgb '#009e73' front
set xtics 1
plot $group0 using 1:3:4 with filledcurves linecolor rgb '#0072b2' fillstyle transparent solid 0.12 notitle, \
     $group0 using 1:2 with linespoints pointtype 7 pointsize 0.6 linewidth 1.6 linecolor rgb '#0072b2' notitle, \
     $group1 using 1:3:4 with filledcurves linecolor rgb '#d55e00' fillstyle transparent solid 0.12 notitle, \
     $group1 using 1:2 with linespoints pointtype 13 pointsize 0.6 linewidth 1.6 linecolor rgb '#d55e00' notitle, \
     $group2 using 1:3:4 with filledcurves linecolor rgb '#009e73' fillstyle transparent solid 0.12 notitle, \
     $group2 using 1:2 with linespoints pointtype 9 pointsize 0.6 linewidth 1.6 linecolor rgb '#009e73' notitle
