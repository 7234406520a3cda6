set terminal svg size 860,388 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.155814
set rmargin at screen 0.972093
set tmargin at screen 0.881443
set bmargin at screen 0.154639
set ytics ('ResNet-18' 8, 'ResNet-34' 7, 'MobileNetV1' 6, 'MobileNetV2' 5, 'FaHaNa-Fair (approximate)' 4, 'Search-1' 3, 'Search-2' 2, 'Search-3' 1) scale 0
set yrange [0.4:8.6]
set grid xtics noytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set border 1
set logscale x
set xtics ('0.1' 0.1, '1' 1, '10' 10, '100' 100, '1,000' 1000, '10,000' 10000, '100,000' 100000)
set xrange [0.0996139:59535.1]
set xlabel 'Latency in ms, batch of 2 (log scale)' offset 0,0.3 textcolor rgb '#222222'
set key at screen 0.5,0.979381 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
$host << EOD
358.355 8 357.076 361.217
735.31 7 732.136 742.161
46.3507 6 45.8829 46.838
35.5772 5 35.0969 35.9752
36.6149 4 36.2756 37.1143
5.26789 3 5.25465 5.28817
8.52793 2 8.50993 8.55891
4.45888 1 4.44915 4.47254
EOD
$a10 << EOD
10.6678 8 4.26713 69.3408
20.919 7 8.36761 135.974
3.12587 6 1.25035 20.3182
3.11088 5 1.24435 20.2207
2.92426 4 1.1697 19.0077
0.448575 3 0.17943 2.91574
0.456556 2 0.182622 2.96761
0.398456 1 0.159382 2.58996
EOD
$paper_a10 << EOD
7.63 8
14.5 7
5.94 6
15.63 5
6.44 4
2.73 3
1.1 2
2.41 1
EOD
$pi4 << EOD
9534.17 8 3813.67 19068.3
18604.7 7 7441.88 37209.4
765.466 6 306.186 1530.93
348.101 5 139.24 696.202
401.39 4 160.556 802.78
185.471 3 74.1882 370.941
321.683 2 128.673 643.365
182.995 1 73.1981 365.99
EOD
$paper_pi4 << EOD
5640 8
11260 7
1310 6
1620 5
3420 4
110 3
150 2
80 1
EOD
plot $host using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#0072b2' linewidth 1.1 notitle, \
     $host using 1:2 with points pointtype 7 pointsize 0.95 linecolor rgb '#0072b2' linewidth 1.4 title 'host', \
     $a10 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#d55e00' linewidth 1.1 notitle, \
     $a10 using 1:2 with points pointtype 8 pointsize 0.95 linecolor rgb '#d55e00' linewidth 1.4 title 'A10, estimated', \
     $paper_a10 using 1:2 with points pointtype 2 pointsize 0.9 linecolor rgb '#d55e00' linewidth 1.4 title 'paper, A10', \
     $pi4 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#009e73' linewidth 1.1 notitle, \
     $pi4 using 1:2 with points pointtype 4 pointsize 0.95 linecolor rgb '#009e73' linewidth 1.4 title 'Pi 4, estimated', \
     $paper_pi4 using 1:2 with points pointtype 2 pointsize 0.9 linecolor rgb '#009e73' linewidth 1.4 title 'paper, Pi 4'
