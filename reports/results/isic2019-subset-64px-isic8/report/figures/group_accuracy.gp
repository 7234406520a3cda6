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
49 7.58 0 0.84
6.5 6.58 0 0.84
41.5 5.58 0 0.84
41 4.58 0 0.84
52 3.58 0 0.84
41 2.58 0 0.84
42 1.58 0 0.84
38 0.58 0 0.84
EOD
$group0 << EOD
50 8.288 40.7335 59.2665
5.55556 7.288 2.57077 11.5934
42.5926 6.288 33.6792 52.0148
43.5185 5.288 34.5501 52.9322
50.9259 4.288 41.6291 60.1591
41.6667 3.288 32.8115 51.0943
43.5185 2.288 34.5501 52.9322
37.963 1.288 29.3729 47.3799
EOD
$group1 << EOD
47.8261 8.144 37.9121 57.9143
7.6087 7.144 3.73436 14.8812
40.2174 6.144 30.785 50.434
38.0435 5.144 28.7912 48.2543
53.2609 4.144 43.1405 63.1199
40.2174 3.144 30.785 50.434
40.2174 2.144 30.785 50.434
38.0435 1.144 28.7912 48.2543
EOD
$group2 << EOD
40.7407 8 24.5148 59.2733
3.7037 7 0.656815 18.2835
25.9259 6 13.1704 44.6786
44.4444 5 27.5859 62.687
51.8519 4 33.9856 69.2568
37.037 3 21.5325 55.7708
22.2222 2 10.6072 40.7569
22.2222 1 10.6072 40.7569
EOD
$group3 << EOD
60.2041 7.856 50.305 69.3334
3.06122 6.856 1.04649 8.61702
56.1224 5.856 46.251 65.532
45.9184 4.856 36.3927 55.752
65.3061 3.856 55.4661 73.9914
50 2.856 40.2892 59.7108
54.0816 1.856 44.248 63.6073
43.8776 0.856 34.468 53.749
EOD
$group4 << EOD
37.3333 7.712 27.256 48.645
12 6.712 6.44337 21.2596
28 5.712 19.1032 39.0407
33.3333 4.712 23.7082 44.5826
34.6667 3.712 24.8823 45.9453
30.6667 2.712 21.3869 41.8305
33.3333 1.712 23.7082 44.5826
36 0.712 26.0649 47.2993
EOD
set xrange [0:75.9914]
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
