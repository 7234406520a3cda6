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
56.4815 8.288 46.8743 65.1818
58.3333 7.288 49.1063 67.1776
71.2963 6.288 63.2075 79.7756
75 5.288 66.6667 82.7595
78.7037 4.288 71.052 86.2077
70.3704 3.288 61.6054 78.7065
62.963 2.288 53.8462 71.5686
67.5926 1.288 58.653 76
EOD
$group1 << EOD
43.4783 8.144 32.6074 53.5372
55.4348 7.144 45.3488 65.1176
72.8261 6.144 63.2184 81.917
72.8261 5.144 63.8274 81.4433
84.7826 4.144 77.0815 91.5907
68.4783 3.144 59.0352 77.9099
58.6957 2.144 48.3146 68.5393
72.8261 1.144 63.4126 81.733
EOD
$group2 << EOD
25.9259 8 9.52381 43.7562
22.2222 7 8 38.4615
66.6667 6 48.1481 84.381
66.6667 5 47.8261 84.2105
88.8889 4 76.1857 100
48.1481 3 29.1667 66.6912
37.037 2 20 55.5556
66.6667 1 48.1444 83.3333
EOD
$group3 << EOD
53.0612 7.856 43.1265 62.2642
65.3061 6.856 55.9132 74.2574
76.5306 5.856 67.7769 84.6939
83.6735 4.856 76.3151 90.625
84.6939 3.856 77.1925 91.5907
76.5306 2.856 67.7411 84.6173
66.3265 1.856 56.5657 75.7289
75.5102 0.856 66.6667 83.5165
EOD
$group4 << EOD
56 7.712 44.8718 66.6667
58.6667 6.712 47.3666 69.5666
68 5.712 57.3333 78.2065
64 4.712 53.2468 74.6479
74.6667 3.712 64.7887 84.2857
68 2.712 57.4683 78.4833
62.6667 1.712 51.9481 73.3333
64 0.712 52.9391 74.3657
EOD
set xrange [6:100.5]
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
