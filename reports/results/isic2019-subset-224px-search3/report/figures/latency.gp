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
set xrange [0.0996139:18016]
set xlabel 'Latency in ms, batch of 2 (log scale)' offset 0,0.3 textcolor rgb '#222222'
set key at screen 0.5,0.979381 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
$host << EOD
4.49135 1 4.47736 4.51127
EOD
$a10 << EOD
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
