set terminal svg size 860,275 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.155814
set rmargin at screen 0.972093
set tmargin at screen 0.832727
set bmargin at screen 0.218182
set ytics ('Search-1' 3, 'Search-2' 2, 'Search-3' 1) scale 0
set yrange [0.4:3.6]
set grid xtics noytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set border 1
set xlabel 'Accuracy (%)' offset 0,0.3 textcolor rgb '#222222'
set key at screen 0.5,0.970909 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object rectangle from graph 0, first 1.5 to graph 1, first 2.5 behind fillcolor rgb '#e2e2e2' fillstyle transparent solid 0.35 noborder
$overall << EOD
81.52 2.58 0 0.84
76.04 1.58 0 0.84
79.02 0.58 0 0.84
EOD
$group0 << EOD
80.8534 3.288 79.3245 82.2946
75.3618 2.288 73.6996 76.9518
77.885 1.288 76.279 79.4116
EOD
$group1 << EOD
82.4277 3.144 80.8121 83.9343
77.1253 2.144 75.3573 78.8022
80.5434 1.144 78.8684 82.1157
EOD
$group2 << EOD
66.1654 3 60.2853 71.5853
51.5038 2 45.5193 57.4454
57.1429 1 51.1358 62.9466
EOD
$group3 << EOD
85.2957 2.856 84.1267 86.3925
80.3143 1.856 79.0117 81.555
83.1113 0.856 81.8792 84.2758
EOD
$group4 << EOD
71.2343 2.712 68.2843 74.0143
66.7364 1.712 63.688 69.6508
69.4561 0.712 66.4633 72.2931
EOD
set xrange [43.5193:88.3925]
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
