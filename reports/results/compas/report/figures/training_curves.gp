set terminal svg size 860,238 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set xrange [0.7:30.3]
set yrange [0:0.805103]
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
1 0.766765 0.702035
2 0.671158 0.637729
3 0.631083 0.619393
4 0.618518 0.613137
5 0.613754 0.611454
6 0.611661 0.611259
7 0.61078 0.61014
8 0.610385 0.610711
9 0.610337 0.610858
10 0.610208 0.611124
11 0.609955 0.611189
12 0.6103 0.611495
13 0.610041 0.611288
14 0.609974 0.611052
15 0.609936 0.61127
16 0.609977 0.611291
17 0.609851 0.611417
18 0.609801 0.61129
19 0.60997 0.61128
20 0.609795 0.611308
21 0.609787 0.61152
22 0.60979 0.611397
23 0.609674 0.611211
24 0.609655 0.6113
25 0.609643 0.611373
26 0.609611 0.611347
27 0.609607 0.611367
28 0.609589 0.611371
29 0.609583 0.611366
30 0.609578 0.611368
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
1 0.643728 0.611932
2 0.607668 0.607951
3 0.603274 0.607084
4 0.60074 0.609581
5 0.599408 0.604762
6 0.59798 0.603427
7 0.595916 0.610372
8 0.594244 0.608596
9 0.595315 0.608414
10 0.594959 0.611166
11 0.593545 0.606561
12 0.593589 0.604377
13 0.591909 0.605681
14 0.591635 0.606142
15 0.590632 0.608048
16 0.591331 0.606671
17 0.589526 0.60599
18 0.589054 0.607244
19 0.588915 0.607871
20 0.588919 0.608837
21 0.58784 0.607411
22 0.587749 0.607358
23 0.587132 0.607593
24 0.586805 0.607727
25 0.586288 0.608188
26 0.585872 0.607995
27 0.585807 0.608227
28 0.585581 0.608223
29 0.585489 0.608223
30 0.585438 0.608226
EOD
set arrow 1 from first 12,graph 0 to first 12,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve1 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve1 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
unset multiplot
