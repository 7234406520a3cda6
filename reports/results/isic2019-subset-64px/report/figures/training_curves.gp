set terminal svg size 860,416 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set xrange [0.7:20.3]
set yrange [0:0.621852]
set xtics autofreq
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
set label 'Search-1' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve0 << EOD
1 0.522488 0.499839
2 0.484179 0.476933
3 0.442288 0.426558
4 0.443331 0.491799
5 0.406444 0.42169
6 0.415043 0.424579
7 0.405701 0.398587
8 0.400926 0.42434
9 0.379422 0.438868
10 0.37233 0.401081
11 0.364354 0.432385
12 0.358931 0.397285
13 0.357238 0.405454
14 0.356173 0.404108
15 0.338813 0.394597
16 0.342017 0.398441
17 0.326982 0.405591
18 0.323625 0.407849
19 0.325476 0.413516
20 0.32756 0.412255
EOD
set arrow 1 from first 14,graph 0 to first 14,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
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
set xlabel 'epoch' offset 0,0.7 textcolor rgb '#222222'
set label 'Search-2' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve1 << EOD
1 0.579107 0.493614
2 0.515766 0.57784
3 0.500788 0.501135
4 0.474098 0.525836
5 0.42037 0.424605
6 0.429423 0.444078
7 0.426395 0.434389
8 0.397564 0.505305
9 0.392189 0.462948
10 0.394291 0.443948
11 0.380305 0.435763
12 0.374957 0.427515
13 0.370702 0.404144
14 0.366038 0.410585
15 0.355818 0.419156
16 0.355082 0.41357
17 0.344023 0.42003
18 0.347264 0.418675
19 0.343437 0.420238
20 0.338162 0.420754
EOD
set arrow 1 from first 12,graph 0 to first 12,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
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
set xlabel 'epoch' offset 0,0.7 textcolor rgb '#222222'
set label 'Search-3' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve2 << EOD
1 0.554145 0.57301
2 0.509848 0.520401
3 0.447255 0.478245
4 0.445544 0.504071
5 0.412082 0.489362
6 0.413975 0.409334
7 0.418614 0.397884
8 0.410106 0.461164
9 0.380872 0.432304
10 0.379086 0.412059
11 0.376465 0.452356
12 0.361764 0.386037
13 0.360232 0.384151
14 0.360802 0.390711
15 0.341982 0.397657
16 0.345668 0.390736
17 0.328743 0.407177
18 0.322572 0.404883
19 0.324806 0.415038
20 0.327287 0.410408
EOD
set arrow 1 from first 16,graph 0 to first 16,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
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
set xlabel 'epoch' offset 0,0.7 textcolor rgb '#222222'
set label 'search1@reweight' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve3 << EOD
1 0.56569 0.506063
2 0.499742 0.507157
3 0.487933 0.483758
4 0.485532 0.4429
5 0.444901 0.47949
6 0.445427 0.408632
7 0.448054 0.429225
8 0.457359 0.426795
9 0.42357 0.434266
10 0.424977 0.414242
11 0.411125 0.454143
12 0.406271 0.424881
13 0.393085 0.434593
14 0.399141 0.403822
15 0.372497 0.393288
16 0.383915 0.396662
17 0.365899 0.403954
18 0.350023 0.401224
19 0.356312 0.410226
20 0.358484 0.408095
EOD
set arrow 1 from first 14,graph 0 to first 14,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
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
set label 'search1@balanced-sampling' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve4 << EOD
1 0.574911 0.59224
2 0.465158 0.430733
3 0.418428 0.464409
4 0.393674 0.424534
5 0.37197 0.471541
6 0.355286 0.492763
7 0.349721 0.523627
8 0.340097 0.476459
9 0.316086 0.497759
10 0.303757 0.443266
11 0.278963 0.4744
12 0.261721 0.516953
13 0.261309 0.502812
14 0.263525 0.4616
15 0.224468 0.445314
16 0.243494 0.455739
17 0.22449 0.456301
18 0.225877 0.469972
19 0.207754 0.458897
20 0.224756 0.469001
EOD
set arrow 1 from first 15,graph 0 to first 15,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve4 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve4 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
unset multiplot
