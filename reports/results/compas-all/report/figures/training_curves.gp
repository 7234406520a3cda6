set terminal svg size 860,238 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set xrange [0.7:30.3]
set yrange [0:0.800521]
set xtics autofreq
set xtics font ',11' offset 0,0.3
set ytics font ',11' offset 0.4,0
set multiplot
set label 'train' at screen 0.06,0.941176 left textcolor rgb '#0072b2' font ',13'
set label 'validation' at screen 0.115,0.941176 left textcolor rgb '#d55e00' font ',13'
set label 'upright line: the epoch that was kept' at screen 0.21,0.941176 left textcolor rgb '#6f6f6f' font ',13'
set lmargin at screen 0.072093
set rmargin at screen 0.515116
set tmargin at screen 0.756303
set bmargin at screen 0.218487
set ylabel 'loss' offset 0.8,0 textcolor rgb '#222222'
set format y '%g'
set xlabel 'epoch' offset 0,0.7 textcolor rgb '#222222'
set label 'Logistic regression' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve0 << EOD
1 0.762401 0.704015
2 0.668038 0.629449
3 0.632677 0.610058
4 0.622055 0.602348
5 0.618272 0.599641
6 0.616997 0.598634
7 0.616498 0.597657
8 0.616338 0.596902
9 0.616417 0.596512
10 0.616217 0.597125
11 0.616323 0.597512
12 0.616288 0.596834
13 0.616312 0.597599
14 0.616183 0.597454
15 0.616206 0.597106
16 0.61608 0.59677
17 0.616061 0.597042
18 0.616001 0.596949
19 0.616111 0.597487
20 0.615986 0.596992
21 0.616043 0.597002
22 0.615895 0.597063
23 0.615864 0.596961
24 0.615831 0.597064
25 0.615782 0.597
26 0.615758 0.597035
27 0.615741 0.597027
28 0.61573 0.597008
29 0.615716 0.597004
30 0.615711 0.597009
EOD
set arrow 1 from first 13,graph 0 to first 13,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve0 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve0 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
set lmargin at screen 0.536047
set rmargin at screen 0.97907
set tmargin at screen 0.756303
set bmargin at screen 0.218487
unset ylabel
set format y ''
set xlabel 'epoch' offset 0,0.7 textcolor rgb '#222222'
set label 'MLP' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve1 << EOD
1 0.64846 0.597213
2 0.609765 0.607818
3 0.60697 0.591334
4 0.606326 0.593142
5 0.604052 0.59867
6 0.605314 0.591593
7 0.601991 0.589994
8 0.60259 0.589135
9 0.601199 0.592365
10 0.600413 0.592656
11 0.601818 0.593532
12 0.599543 0.594054
13 0.600001 0.593744
14 0.598947 0.590907
15 0.598351 0.592754
16 0.597938 0.592592
17 0.597268 0.591963
18 0.596996 0.59108
19 0.596319 0.592477
20 0.59592 0.590844
21 0.596042 0.592756
22 0.59537 0.592205
23 0.594909 0.591807
24 0.594728 0.591931
25 0.594247 0.591856
26 0.594122 0.591891
27 0.593846 0.591847
28 0.593701 0.591858
29 0.593592 0.591863
30 0.593542 0.591872
EOD
set arrow 1 from first 9,graph 0 to first 9,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve1 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve1 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
unset multiplot
