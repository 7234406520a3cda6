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
5.55556 7.288 2.3279 11.8363
42.5926 6.288 33.6758 52.0182
43.5185 5.288 34.5475 52.9348
50.9259 4.288 41.6291 60.1592
41.6667 3.288 32.8072 51.0986
43.5185 2.288 34.5475 52.9348
37.963 1.288 29.3638 47.389
EOD
$group1 << EOD
47.8261 8.144 37.9118 57.9147
7.6087 7.144 3.49106 15.1245
40.2174 6.144 30.7775 50.4415
38.0435 5.144 28.7798 48.2656
53.2609 4.144 43.1396 63.1207
40.2174 3.144 30.7775 50.4415
40.2174 2.144 30.7775 50.4415
38.0435 1.144 28.7798 48.2656
EOD
$group2 << EOD
40.7407 8 24.4813 59.3068
3.7037 7 0.189975 19.8038
25.9259 6 12.9225 44.9264
44.4444 5 27.5739 62.6989
51.8519 4 33.9843 69.2581
37.037 3 21.466 55.8373
22.2222 2 10.2636 41.1006
22.2222 1 10.2636 41.1006
EOD
$group3 << EOD
60.2041 7.856 50.2975 69.3409
3.06122 6.856 0.66705 8.99646
56.1224 5.856 46.2483 65.5347
45.9184 4.856 36.3915 55.7531
65.3061 3.856 55.4488 74.0087
50 2.856 40.2892 59.7108
54.0816 1.856 44.2469 63.6085
43.8776 0.856 34.4653 53.7517
EOD
$group4 << EOD
37.3333 7.712 27.239 48.662
12 6.712 6.22645 21.4766
28 5.712 19.0485 39.0954
33.3333 4.712 23.6782 44.6126
34.6667 3.712 24.8571 45.9704
30.6667 2.712 21.3457 41.8717
33.3333 1.712 23.6782 44.6126
36 0.712 26.0441 47.3202
EOD
set xrange [0:76.0087]
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
