set terminal svg size 860,388 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.155814
set rmargin at screen 0.825581
set tmargin at screen 0.881443
set bmargin at screen 0.154639
set ytics ('ResNet-18' 8, 'ResNet-34' 7, 'MobileNetV1' 6, 'MobileNetV2' 5, 'FaHaNa-Fair (approximate)' 4, 'Search-1' 3, 'Search-2' 2, 'Search-3' 1) scale 0
set yrange [0.4:8.6]
set grid xtics noytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set border 1
set logscale x
set xtics ('100' 100, '1,000' 1000, '10,000' 10000, '100,000' 100000)
set xrange [87.7926:20583.4]
set xlabel 'Memory of a training step, MiB (log scale)' offset 0,0.3 textcolor rgb '#222222'
set key at screen 0.5,0.979381 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set label '1,927' at graph 1.015, first 8 left textcolor rgb '#222222'
set label '3,306' at graph 1.015, first 7 left textcolor rgb '#222222'
set label '1,049' at graph 1.015, first 6 left textcolor rgb '#222222'
set label '1,293' at graph 1.015, first 5 left textcolor rgb '#222222'
set label '1,520' at graph 1.015, first 4 left textcolor rgb '#222222'
set label '189' at graph 1.015, first 3 left textcolor rgb '#222222'
set label '189' at graph 1.015, first 2 left textcolor rgb '#222222'
set label '140' at graph 1.015, first 1 left textcolor rgb '#222222'
$ours << EOD
1926.87 8
3306.17 7
1048.87 6
1293.08 5
1520.47 4
188.708 3
189.411 2
140.468 1
EOD
$paper << EOD
2113.91 8
3503.1 7
1108.89 6
2444.69 5
12864.6 4
211.79 3
232.88 2
158.25 1
EOD
plot $ours using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#0072b2' linewidth 1.4 title 'ours', \
     $paper using 1:2 with points pointtype 6 pointsize 1.5 linecolor rgb '#d55e00' linewidth 1.4 title 'paper'
