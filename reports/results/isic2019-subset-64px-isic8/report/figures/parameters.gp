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
set xtics ('100,000' 100000, '1 million' 1e+06, '10 million' 1e+07, '100 million' 1e+08)
set xrange [92561.2:3.40448e+07]
set xlabel 'Parameters (log scale)' offset 0,0.3 textcolor rgb '#222222'
set key at screen 0.5,0.979381 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set label '11,169,858, exact' at graph 1.015, first 8 left textcolor rgb '#222222'
set label '21,278,018, exact' at graph 1.015, first 7 left textcolor rgb '#222222'
set label '3,199,106, exact' at graph 1.015, first 6 left textcolor rgb '#222222'
set label '7,054,850, exact' at graph 1.015, first 5 left textcolor rgb '#222222'
set label '5,532,866, approximate' at graph 1.015, first 4 left textcolor rgb '#222222'
set label '3,309,570, exact' at graph 1.015, first 3 left textcolor rgb '#222222'
set label '293,954, exact' at graph 1.015, first 2 left textcolor rgb '#222222'
set label '148,098, exact' at graph 1.015, first 1 left textcolor rgb '#222222'
$ours << EOD
1.11699e+07 8
2.1278e+07 7
3.19911e+06 6
7.05485e+06 5
5.53287e+06 4
3.30957e+06 3
293954 2
148098 1
EOD
$paper << EOD
1.11699e+07 8
2.1278e+07 7
3.19911e+06 6
7.05485e+06 5
5.53287e+06 4
3.30957e+06 3
293954 2
148098 1
EOD
plot $ours using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#0072b2' linewidth 1.4 title 'ours', \
     $paper using 1:2 with points pointtype 6 pointsize 1.5 linecolor rgb '#d55e00' linewidth 1.4 title 'paper'
