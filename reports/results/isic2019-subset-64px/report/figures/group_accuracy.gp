set terminal svg size 860,385 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.155814
set rmargin at screen 0.972093
set tmargin at screen 0.880519
set bmargin at screen 0.155844
set ytics ('Search-1' 5, 'Search-2' 4, 'Search-3' 3, 'search1@reweight' 2, 'search1@balanced-sampling' 1) scale 0
set yrange [0.4:5.6]
set grid xtics noytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set border 1
set xlabel 'Accuracy (%)' offset 0,0.3 textcolor rgb '#222222'
set key at screen 0.5,0.979221 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object rectangle from graph 0, first 3.5 to graph 1, first 4.5 behind fillcolor rgb '#e2e2e2' fillstyle transparent solid 0.35 noborder
set object rectangle from graph 0, first 1.5 to graph 1, first 2.5 behind fillcolor rgb '#e2e2e2' fillstyle transparent solid 0.35 noborder
$overall << EOD
81.52 4.58 0 0.84
76.04 3.58 0 0.84
79.02 2.58 0 0.84
78.3 1.58 0 0.84
85.08 0.58 0 0.84
EOD
$group0 << EOD
80.8534 5.288 79.3238 82.2952
75.3618 4.288 73.6992 76.9522
77.885 3.288 76.2785 79.4121
77.6994 2.288 76.0886 79.2315
84.1187 1.288 82.6895 85.4508
EOD
$group1 << EOD
82.4277 5.144 80.8111 83.9353
77.1253 4.144 75.3567 78.8028
80.5434 3.144 78.8676 82.1165
79.2287 2.144 77.5152 80.8441
86.2401 1.144 84.7644 87.594
EOD
$group2 << EOD
66.1654 5 60.2806 71.5899
51.5038 4 45.5192 57.4455
57.1429 3 51.1349 62.9475
53.7594 2 47.7566 59.6552
81.203 1 76.0555 85.4621
EOD
$group3 << EOD
85.2957 4.856 84.1261 86.3931
80.3143 3.856 79.0113 81.5554
83.1113 2.856 81.8787 84.2763
82.472 1.856 81.2223 83.6554
87.9861 0.856 86.9064 88.9883
EOD
$group4 << EOD
71.2343 4.712 68.2831 74.0156
66.7364 3.712 63.6872 69.6516
69.4561 2.712 66.4623 72.2941
69.2469 1.712 66.2484 72.0913
74.7908 0.712 71.941 77.4421
EOD
set xrange [43.5192:90.9883]
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
