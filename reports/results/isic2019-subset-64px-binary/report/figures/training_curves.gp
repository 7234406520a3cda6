set terminal svg size 860,416 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set xrange [0.7:6.3]
set yrange [0:1.82993]
set xtics 1
set xtics font ',11' offset 0,0.3
set ytics font ',11' offset 0.4,0
set multiplot
set label 'train' at screen 0.06,0.966346 left textcolor rgb '#0072b2' font ',13'
set label 'validation' at screen 0.115,0.966346 left textcolor rgb '#d55e00' font ',13'
set label 'upright line: the epoch that was kept' at screen 0.21,0.966346 left textcolor rgb '#6f6f6f' font ',13'
set lmargin at screen 0.072093
set rmargin at screen 0.282558
set tmargin at screen 0.860577
set bmargin at screen 0.552885
set ylabel 'loss' offset 0.8,0 textcolor rgb '#222222'
set format y '%g'
unset xlabel
set label 'ResNet-18' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve0 << EOD
1 0.675588 0.584834
2 0.61398 0.608311
EOD
set arrow 1 from first 1,graph 0 to first 1,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve0 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve0 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
set lmargin at screen 0.303488
set rmargin at screen 0.513953
set tmargin at screen 0.860577
set bmargin at screen 0.552885
unset ylabel
set format y ''
unset xlabel
set label 'ResNet-34' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve1 << EOD
1 0.707121 0.697986
2 0.610416 0.540379
EOD
set arrow 1 from first 2,graph 0 to first 2,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve1 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve1 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
set lmargin at screen 0.534884
set rmargin at screen 0.745349
set tmargin at screen 0.860577
set bmargin at screen 0.552885
unset ylabel
set format y ''
unset xlabel
set label 'MobileNetV1' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve2 << EOD
1 0.607926 0.601902
2 0.545885 0.660523
3 0.505278 0.50962
EOD
set arrow 1 from first 3,graph 0 to first 3,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve2 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve2 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
set lmargin at screen 0.766279
set rmargin at screen 0.976744
set tmargin at screen 0.860577
set bmargin at screen 0.552885
unset ylabel
set format y ''
unset xlabel
set label 'MobileNetV2' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve3 << EOD
1 0.637822 0.693906
2 0.563249 0.558116
3 0.513212 0.560061
EOD
set arrow 1 from first 2,graph 0 to first 2,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve3 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve3 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
set lmargin at screen 0.072093
set rmargin at screen 0.282558
set tmargin at screen 0.432692
set bmargin at screen 0.125
set ylabel 'loss' offset 0.8,0 textcolor rgb '#222222'
set format y '%g'
set xlabel 'epoch' offset 0,0.7 textcolor rgb '#222222'
set label 'FaHaNa-Fair (approximate)' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve4 << EOD
1 0.59931 2.21113
2 0.527442 0.576507
3 0.492819 0.538025
EOD
set arrow 1 from first 3,graph 0 to first 3,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve4 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve4 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
set lmargin at screen 0.303488
set rmargin at screen 0.513953
set tmargin at screen 0.432692
set bmargin at screen 0.125
unset ylabel
set format y ''
set xlabel 'epoch' offset 0,0.7 textcolor rgb '#222222'
set label 'Search-1' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve5 << EOD
1 0.675867 0.646121
2 0.553935 0.657204
3 0.502052 0.580134
4 0.504103 0.780728
5 0.49811 0.637641
6 0.452452 0.672231
EOD
set arrow 1 from first 3,graph 0 to first 3,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve5 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve5 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
set lmargin at screen 0.534884
set rmargin at screen 0.745349
set tmargin at screen 0.432692
set bmargin at screen 0.125
unset ylabel
set format y ''
set xlabel 'epoch' offset 0,0.7 textcolor rgb '#222222'
set label 'Search-2' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve6 << EOD
1 0.680458 0.606132
2 0.619422 0.588916
3 0.590094 0.62629
4 0.565561 0.568983
5 0.56947 0.58093
6 0.546581 0.558949
EOD
set arrow 1 from first 6,graph 0 to first 6,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve6 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve6 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
set lmargin at screen 0.766279
set rmargin at screen 0.976744
set tmargin at screen 0.432692
set bmargin at screen 0.125
unset ylabel
set format y ''
set xlabel 'epoch' offset 0,0.7 textcolor rgb '#222222'
set label 'Search-3' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve7 << EOD
1 0.6658 0.64976
2 0.557638 0.776503
3 0.486452 0.57583
4 0.496994 0.641984
5 0.457146 0.51625
6 0.449897 0.558781
EOD
set arrow 1 from first 5,graph 0 to first 5,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve7 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve7 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
unset multiplot
