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
50 8.288 40.6745 59.0928
5.55556 7.288 1.78571 10
42.5926 6.288 33.893 52.1008
43.5185 5.288 33.9991 52.6365
50.9259 4.288 41.5823 60.3309
41.6667 3.288 32.4067 50.9814
43.5185 2.288 33.8935 52.7273
37.963 1.288 28.5683 47.1711
EOD
$group1 << EOD
47.8261 8.144 37.6344 58.1818
7.6087 7.144 2.40964 13.5802
40.2174 6.144 30.5254 50.6024
38.0435 5.144 28.4087 48.4211
53.2609 4.144 43.1579 62.3762
40.2174 3.144 29.8851 50
40.2174 2.144 30.4348 50
38.0435 1.144 27.9037 47.9187
EOD
$group2 << EOD
40.7407 8 23.3269 60
3.7037 7 0 12.5
25.9259 6 9.52381 43.4783
44.4444 5 26.9231 63.6364
51.8519 4 33.3333 71.062
37.037 3 18.75 57.1429
22.2222 2 7.68519 38.1044
22.2222 1 7.69231 39.2857
EOD
$group3 << EOD
60.2041 7.856 50 69.5652
3.06122 6.856 0 7.01858
56.1224 5.856 46.6003 65.77
45.9184 4.856 36.3636 55.0459
65.3061 3.856 55.8806 74.1204
50 2.856 40 59.6154
54.0816 1.856 43.8771 64.1309
43.8776 0.856 33.3333 53.6862
EOD
$group4 << EOD
37.3333 7.712 26.9186 48.1046
12 6.712 5.12821 20
28 5.712 18.3094 38.3562
33.3333 4.712 22.5795 44.4444
34.6667 3.712 24 45.5882
30.6667 2.712 20.7792 41.4286
33.3333 1.712 22.8571 43.7521
36 0.712 24.6575 46.7553
EOD
set xrange [0:76.1204]
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
