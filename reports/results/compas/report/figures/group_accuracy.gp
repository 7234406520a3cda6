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
66.9802 4.32727 65.6636 68.2707
67.2604 3.32727 65.9464 68.5478
67.7006 2.32727 66.3908 68.9832
66.0396 1.32727 64.7146 67.34
EOD
$group1 << EOD
71.1489 4.26182 68.4918 73.6682
70.2128 3.26182 67.5346 72.7592
71.4894 2.26182 68.8403 73.9984
66.2128 1.26182 63.4589 68.861
EOD
$group2 << EOD
67.9685 4.19636 66.3245 69.5691
67.937 3.19636 66.2926 69.5381
68.3465 2.19636 66.7071 69.9415
64.9134 1.19636 63.2361 66.5546
EOD
$group3 << EOD
66.952 4.13091 64.912 68.9301
66.8569 3.13091 64.8156 68.8366
67.7603 2.13091 65.7316 69.7243
67.1897 1.13091 65.153 69.1638
EOD
$group4 << EOD
67.5835 4.06545 63.3965 71.507
68.5658 3.06545 64.4039 72.4496
69.3517 2.06545 65.2113 73.2021
66.2083 1.06545 61.9895 70.1841
EOD
$group5 << EOD
77.4194 4 59.9043 88.8882
74.1935 3 56.5411 86.511
77.4194 2 59.9043 88.8882
83.871 1 66.8887 93.3843
EOD
$group6 << EOD
90.9091 3.93455 60.0935 99.5337
81.8182 2.93455 51.1519 96.0133
81.8182 1.93455 51.1519 96.0133
72.7273 0.934545 42.8939 90.7955
EOD
$group7 << EOD
69.6793 3.86909 64.6143 74.3084
70.5539 2.86909 65.5187 75.1339
70.5539 1.86909 65.5187 75.1339
67.93 0.869091 62.8114 72.6515
EOD
$group8 << EOD
63.6229 3.80364 61.0181 66.1502
63.5486 2.80364 60.9429 66.0773
65.6273 1.80364 63.0493 68.1164
61.2472 0.803636 58.6168 63.8136
EOD
$group9 << EOD
67.8369 3.73818 66.2777 69.3574
67.9785 2.73818 66.4209 69.497
68.0351 1.73818 66.4782 69.5529
65.6569 0.738182 64.0745 67.2052
EOD
$group10 << EOD
71.9258 3.67273 69.4134 74.3082
71.8484 2.67273 69.3343 74.2331
72.3898 1.67273 69.8885 74.7585
72.2351 0.672727 69.7301 74.6084
EOD
set xrange [40.8939:100.5]
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
