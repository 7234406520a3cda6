set terminal svg size 860,416 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set xrange [0.7:6.3]
set yrange [0:2.55972]
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
1 2.13408 2.06807
2 2.08381 1.9343
EOD
set arrow 1 from first 2,graph 0 to first 2,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
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
1 2.28635 2.06566
2 2.11281 2.43783
EOD
set arrow 1 from first 1,graph 0 to first 1,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
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
1 2.22705 2.03361
2 1.97198 1.78753
3 1.7543 1.79941
EOD
set arrow 1 from first 2,graph 0 to first 2,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
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
1 2.09373 2.16482
2 1.97038 1.91737
3 1.94331 1.85887
EOD
set arrow 1 from first 3,graph 0 to first 3,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
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
1 2.11544 2.1719
2 1.96582 1.85445
3 1.80278 1.81706
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
1 2.07668 1.89862
2 1.94255 1.85785
3 1.86239 1.86472
4 1.84169 1.82752
5 1.70797 1.80757
6 1.63457 2.25765
EOD
set arrow 1 from first 5,graph 0 to first 5,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
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
1 2.08685 2.02336
2 2.05827 2.0677
3 2.00962 1.92254
4 1.9802 1.9712
5 1.95715 1.93313
6 1.96278 1.86972
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
1 2.33626 1.88718
2 1.96066 1.83573
3 1.74676 1.89235
4 1.77171 1.99925
5 1.68191 1.694
6 1.62287 1.65828
EOD
set arrow 1 from first 6,graph 0 to first 6,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve7 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve7 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
unset multiplot
