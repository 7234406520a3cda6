set terminal svg size 860,594 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.155814
set rmargin at screen 0.972093
set tmargin at screen 0.922559
set bmargin at screen 0.10101
set ytics ('Logistic regression' 4, 'MLP' 3, 'XGBoost' 2, 'COMPAS score' 1) scale 0
set yrange [0.4:4.6]
set grid xtics noytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set border 1
set xlabel 'Accuracy (%)' offset 0,0.3 textcolor rgb '#222222'
set key at screen 0.5,0.986532 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object rectangle from graph 0, first 2.5 to graph 1, first 3.5 behind fillcolor rgb '#e2e2e2' fillstyle transparent solid 0.35 noborder
set object rectangle from graph 0, first 0.5 to graph 1, first 1.5 behind fillcolor rgb '#e2e2e2' fillstyle transparent solid 0.35 noborder
$overall << EOD
67.7738 3.58 0 0.84
67.8224 2.58 0 0.84
68.4219 1.58 0 0.84
66.0726 0.58 0 0.84
EOD
$group0 << EOD
66.9802 4.32727 65.6637 68.2706
67.2604 3.32727 65.9464 68.5478
67.7006 2.32727 66.3909 68.9831
66.0396 1.32727 64.7147 67.3399
EOD
$group1 << EOD
71.1489 4.26182 68.4928 73.6673
70.2128 3.26182 67.5354 72.7583
71.4894 2.26182 68.8412 73.9975
66.2128 1.26182 63.4594 68.8605
EOD
$group2 << EOD
67.9685 4.19636 66.3246 69.569
67.937 3.19636 66.2927 69.5379
68.3465 2.19636 66.7072 69.9413
64.9134 1.19636 63.2362 66.5545
EOD
$group3 << EOD
66.952 4.13091 64.9123 68.9299
66.8569 3.13091 64.8159 68.8364
67.7603 2.13091 65.7319 69.724
67.1897 1.13091 65.1533 69.1635
EOD
$group4 << EOD
67.5835 4.06545 63.3987 71.5049
68.5658 3.06545 64.4063 72.4472
69.3517 2.06545 65.2139 73.1995
66.2083 1.06545 61.9913 70.1824
EOD
$group5 << EOD
77.4194 4 60.1876 88.6049
74.1935 3 56.7539 86.2983
77.4194 2 60.1876 88.6049
83.871 1 67.3656 92.9074
EOD
$group6 << EOD
90.9091 3.93455 62.2642 98.3768
81.8182 2.93455 52.3019 94.8632
81.8182 1.93455 52.3019 94.8632
72.7273 0.934545 43.4355 90.2539
EOD
$group7 << EOD
69.6793 3.86909 64.6191 74.3036
70.5539 2.86909 65.524 75.1285
70.5539 1.86909 65.524 75.1285
67.93 0.869091 62.8154 72.6475
EOD
$group8 << EOD
63.6229 3.80364 61.0184 66.1499
63.5486 2.80364 60.9432 66.077
65.6273 1.80364 63.0497 68.116
61.2472 0.803636 58.617 63.8134
EOD
$group9 << EOD
67.8369 3.73818 66.2778 69.3573
67.9785 2.73818 66.421 69.4969
68.0351 1.73818 66.4783 69.5527
65.6569 0.738182 64.0746 67.2051
EOD
$group10 << EOD
71.9258 3.67273 69.4143 74.3074
71.8484 2.67273 69.3351 74.2323
72.3898 1.67273 69.8894 74.7576
72.2351 0.672727 69.731 74.6075
EOD
set xrange [41.4355:100.377]
plot $overall using 1:2:3:4 with vectors nohead linecolor rgb '#6f6f6f' linewidth 1.2 title 'all', \
     $group0 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#0072b2' linewidth 1.1 notitle, \
     $group0 using 1:2 with points pointtype 7 pointsize 0.75 linecolor rgb '#0072b2' linewidth 1.4 title 'male', \
     $group1 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#d55e00' linewidth 1.1 notitle, \
     $group1 using 1:2 with points pointtype 5 pointsize 0.75 linecolor rgb '#d55e00' linewidth 1.4 title 'female', \
     $group2 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#009e73' linewidth 1.1 notitle, \
     $group2 using 1:2 with points pointtype 9 pointsize 0.75 linecolor rgb '#009e73' linewidth 1.4 title 'African-American', \
     $group3 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#aa4499' linewidth 1.1 notitle, \
     $group3 using 1:2 with points pointtype 13 pointsize 0.75 linecolor rgb '#aa4499' linewidth 1.4 title 'Caucasian', \
     $group4 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#b87a00' linewidth 1.1 notitle, \
     $group4 using 1:2 with points pointtype 11 pointsize 0.75 linecolor rgb '#b87a00' linewidth 1.4 title 'Hispanic', \
     $group5 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#0072b2' linewidth 1.1 notitle, \
     $group5 using 1:2 with points pointtype 7 pointsize 0.75 linecolor rgb '#0072b2' linewidth 1.4 title 'Asian', \
     $group6 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#d55e00' linewidth 1.1 notitle, \
     $group6 using 1:2 with points pointtype 5 pointsize 0.75 linecolor rgb '#d55e00' linewidth 1.4 title 'Native American', \
     $group7 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#009e73' linewidth 1.1 notitle, \
     $group7 using 1:2 with points pointtype 9 pointsize 0.75 linecolor rgb '#009e73' linewidth 1.4 title 'other', \
     $group8 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#aa4499' linewidth 1.1 notitle, \
     $group8 using 1:2 with points pointtype 13 pointsize 0.75 linecolor rgb '#aa4499' linewidth 1.4 title 'under 25', \
     $group9 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#b87a00' linewidth 1.1 notitle, \
     $group9 using 1:2 with points pointtype 11 pointsize 0.75 linecolor rgb '#b87a00' linewidth 1.4 title '25 to 45', \
     $group10 using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '#0072b2' linewidth 1.1 notitle, \
     $group10 using 1:2 with points pointtype 7 pointsize 0.75 linecolor rgb '#0072b2' linewidth 1.4 title 'over 45'
