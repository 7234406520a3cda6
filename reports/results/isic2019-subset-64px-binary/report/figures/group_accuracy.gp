set terminal svg size 860,550 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.155814
set rmargin at screen 0.972093
set tmargin at screen 0.916364
set bmargin at screen 0.109091
set ytics ('ResNet-18' 8, 'ResNet-34' 7, 'MobileNetV1' 6, 'MobileNetV2' 5, 'FaHaNa-Fair (approximate)' 4, 'Search-1' 3, 'Search-2' 2, 'Search-3' 1) scale 0
set yrange [0.4:8.6]
set grid xtics noytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set border 1
set xlabel 'Accuracy (%)' offset 0,0.3 textcolor rgb '#222222'
set key at screen 0.5,0.985455 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object rectangle from graph 0, first 6.5 to graph 1, first 7.5 behind fillcolor rgb '#e2e2e2' fillstyle transparent solid 0.35 noborder
set object rectangle from graph 0, first 4.5 to graph 1, first 5.5 behind fillcolor rgb '#e2e2e2' fillstyle transparent solid 0.35 noborder
set object rectangle from graph 0, first 2.5 to graph 1, first 3.5 behind fillcolor rgb '#e2e2e2' fillstyle transparent solid 0.35 noborder
set object rectangle from graph 0, first 0.5 to graph 1, first 1.5 behind fillcolor rgb '#e2e2e2' fillstyle transparent solid 0.35 noborder
$overall << EOD
50.5 7.58 0 0.84
57 6.58 0 0.84
72 5.58 0 0.84
74 4.58 0 0.84
81.5 3.58 0 0.84
69.5 2.58 0 0.84
61 1.58 0 0.84
70 0.58 0 0.84
EOD
$group0 << EOD
56.4815 8.288 47.0652 65.4525
58.3333 7.288 48.9014 67.1928
71.2963 6.288 62.1184 79.0113
75 5.288 66.0265 82.2562
78.7037 4.288 70.0055 85.4301
70.3704 3.288 61.1514 78.19
62.963 2.288 53.5463 71.4891
67.5926 1.288 58.2731 75.7036
EOD
$group1 << EOD
43.4783 8.144 33.8083 53.6711
55.4348 7.144 45.2614 65.1725
72.8261 6.144 62.9134 80.909
72.8261 5.144 62.9134 80.909
84.7826 4.144 75.9372 90.8397
68.4783 3.144 58.3785 77.0967
58.6957 2.144 48.4774 68.2168
72.8261 1.144 62.9134 80.909
EOD
$group2 << EOD
25.9259 8 12.9225 44.9264
22.2222 7 10.2636 41.1006
66.6667 6 47.7126 81.4689
66.6667 5 47.7126 81.4689
88.8889 4 71.1215 96.9687
48.1481 3 30.7419 66.0157
37.037 2 21.466 55.8373
66.6667 1 47.7126 81.4689
EOD
$group3 << EOD
53.0612 7.856 43.2518 62.6397
65.3061 6.856 55.4488 74.0087
76.5306 5.856 67.1803 83.8794
83.6735 4.856 75.0077 89.7989
84.6939 3.856 76.1562 90.6142
76.5306 2.856 67.1803 83.8794
66.3265 1.856 56.4917 74.9297
75.5102 0.856 66.0881 83.0079
EOD
$group4 << EOD
56 7.712 44.7431 66.6723
58.6667 6.712 47.3587 69.1301
68 5.712 56.7536 77.4923
64 4.712 52.6798 73.9559
74.6667 3.712 63.7189 83.2107
68 2.712 56.7536 77.4923
62.6667 1.712 51.338 72.761
64 0.712 52.6798 73.9559
EOD
set xrange [8.26357:98.9687]
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
