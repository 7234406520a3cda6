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
$group0 << EOD
1 0.393377 0.150989 0.521608
2 0.277968 0.150989 0.521608
3 0.209802 0.150989 0.317111
4 0.19494 0.150989 0.272523
5 0.188982 0.143434 0.272523
6 0.183616 0.143434 0.256426
7 0.183616 0.143434 0.256426
8 0.170809 0.143434 0.218003
EOD
$group1 << EOD
1 0.393377 0.150989 0.521608
2 0.277968 0.150989 0.521608
3 0.209802 0.150989 0.317111
4 0.19494 0.150989 0.272523
5 0.196765 0.150989 0.277998
6 0.196765 0.150989 0.277998
7 0.196765 0.150989 0.277998
8 0.192483 0.150989 0.265152
EOD
$group2 << EOD
1 0.294072 0.198663 0.47217
2 0.294072 0.198663 0.47217
3 0.230927 0.200441 0.280958
4 0.222599 0.200441 0.255973
5 0.183958 0.140052 0.211382
6 0.183958 0.140052 0.211382
7 0.183958 0.140052 0.211382
8 0.183958 0.140052 0.211382
EOD
$group3 << EOD
1 0.388784 0.319859 0.516501
2 0.270474 0.161572 0.329992
3 0.270474 0.161572 0.329992
4 0.270474 0.161572 0.329992
5 0.235738 0.161572 0.319859
6 0.235738 0.161572 0.319859
7 0.187477 0.161572 0.225782
8 0.187477 0.161572 0.225782
EOD
set object 1 rectangle from graph 0,first 0 to graph 1,first 0.23149 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair design' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set xrange [0.5:8]
set yrange [0:0.563337]
set arrow from graph 1,graph 0.303209 to graph 1.02057,graph 0.303209 nohead linecolor rgb '#0072b2' linewidth 0.8
set label 'random' at graph 1.02571,graph 0.303209 left textcolor rgb '#0072b2' front
set arrow from graph 1,graph 0.341683 to graph 1.02057,graph 0.446066 nohead linecolor rgb '#d55e00' linewidth 0.8
set label 'evolution' at graph 1.02571,graph 0.446066 left textcolor rgb '#d55e00' front
set arrow from graph 1,graph 0.326551 to graph 1.02057,graph 0.350828 nohead linecolor rgb '#009e73' linewidth 0.8
set label 'fahana' at graph 1.02571,graph 0.350828 left textcolor rgb '#009e73' front
set arrow from graph 1,graph 0.332797 to graph 1.02057,graph 0.398447 nohead linecolor rgb '#aa4499' linewidth 0.8
set label 'niches' at graph 1.02571,graph 0.398447 left textcolor rgb '#aa4499' front
set xtics 1
plot $group0 using 1:3:4 with filledcurves linecolor rgb '#0072b2' fillstyle transparent solid 0.12 notitle, \
     $group0 using 1:2 with linespoints pointtype 7 pointsize 0.6 linewidth 1.6 linecolor rgb '#0072b2' notitle, \
     $group1 using 1:3:4 with filledcurves linecolor rgb '#d55e00' fillstyle transparent solid 0.12 notitle, \
     $group1 using 1:2 with linespoints pointtype 13 pointsize 0.6 linewidth 1.6 linecolor rgb '#d55e00' notitle, \
     $group2 using 1:3:4 with filledcurves linecolor rgb '#009e73' fillstyle transparent solid 0.12 notitle, \
     $group2 using 1:2 with linespoints pointtype 9 pointsize 0.6 linewidth 1.6 linecolor rgb '#009e73' notitle, \
     $group3 using 1:3:4 with filledcurves linecolor rgb '#aa4499' fillstyle transparent solid 0.12 notitle, \
     $group3 using 1:2 with linespoints pointtype 5 pointsize 0.6 linewidth 1.6 linecolor rgb '#aa4499' notitle
