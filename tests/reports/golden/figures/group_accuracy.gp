set terminal svg size 860,220 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.155814
set rmargin at screen 0.972093
set tmargin at screen 0.790909
set bmargin at screen 0.272727
set ytics ('ResNet-18' 2, 'FaHaNa-Fair (like)' 1) scale 0
set yrange [0.4:2.6]
set grid xtics noytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set border 1
set xlabel 'Accuracy (%)' offset 0,0.3 textcolor rgb '#222222'
set key at screen 0.5,0.963636 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object rectangle from graph 0, first 0.5 to graph 1, first 1.5 behind fillcolor rgb '#e2e2e2' fillstyle transparent solid 0.35 noborder
$overall << EOD
65 1.58 0 0.84
86 0.58 0 0.84
EOD
$group0 << EOD
64 2.288 58 70
85 1.288 79 91
EOD
$group1 << EOD
67 2.144 60.75 73.25
88 1.144 81.75 94.25
EOD
$group2 << EOD
78 2 65.5 84.25
95 1 82.5 101.25
EOD
$group3 << EOD
66 1.856 61 71
87 0.856 82 92
EOD
$group4 << EOD
57 1.712 49.5 64.5
79 0.712 71.5 86.5
EOD
set xrange [47.5:100.5]
plot $overall using 1:2:3:4 with vectors nohead linecolor rgb '#6f6f6f' linewidth 1.2 title 'all', \
     $group0 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#0072b2' linewidth 1.1 notitle, \
     $group0 using 1:2 with points pointtype 7 pointsize 0.75 linecolor rgb '#0072b2' linewidth 1.4 title 'male', \
     $group1 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#d55e00' linewidth 1.1 notitle, \
     $group1 using 1:2 with points pointtype 5 pointsize 0.75 linecolor rgb '#d55e00' linewidth 1.4 title 'female', \
     $group2 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#009e73' linewidth 1.1 notitle, \
     $group2 using 1:2 with points pointtype 9 pointsize 0.75 linecolor rgb '#009e73' linewidth 1.4 title 'young', \
     $group3 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#aa4499' linewidth 1.1 notitle, \
     $group3 using 1:2 with points pointtype 13 pointsize 0.75 linecolor rgb '#aa4499' linewidth 1.4 title 'middle', \
     $group4 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#b87a00' linewidth 1.1 notitle, \
     $group4 using 1:2 with points pointtype 11 pointsize 0.75 linecolor rgb '#b87a00' linewidth 1.4 title 'old'
