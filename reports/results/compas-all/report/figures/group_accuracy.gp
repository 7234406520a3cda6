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
67.0086 3.58 0 0.84
67.8264 2.58 0 0.84
68.0067 1.58 0 0.84
65.3729 0.58 0 0.84
EOD
$group0 << EOD
66.4203 4.32727 65.1964 67.6226
67.1078 3.32727 65.8896 68.3033
67.3827 2.32727 66.167 68.5755
65.3721 1.32727 64.1398 66.5841
EOD
$group1 << EOD
69.4624 4.26182 66.9942 71.8237
70.8244 3.26182 68.3837 73.1507
70.6093 2.26182 68.1641 72.9413
65.3763 1.26182 62.8402 67.8281
EOD
$group2 << EOD
66.6396 4.19636 65.1029 68.1418
67.6677 3.19636 66.142 69.1568
67.776 2.19636 66.2514 69.2636
63.8258 1.19636 62.263 65.3598
EOD
$group3 << EOD
66.7889 4.13091 64.9004 68.625
67.3187 3.13091 65.4369 69.1463
67.6039 2.13091 65.7259 69.4269
66.9927 1.13091 65.1067 68.8255
EOD
$group4 << EOD
68.1319 4.06545 64.4122 71.6341
69.7017 3.06545 66.0217 73.1455
69.2308 2.06545 65.5384 72.6926
66.0911 1.06545 62.3268 69.6624
EOD
$group5 << EOD
75 4 57.673 86.9681
71.875 3 54.4618 84.5992
75 2 57.673 86.9681
84.375 1 67.7681 93.6133
EOD
$group6 << EOD
77.7778 3.93455 54.2501 91.5343
72.2222 2.93455 48.802 87.8256
77.7778 1.93455 54.2501 91.5343
77.7778 0.934545 54.2501 91.5343
EOD
$group7 << EOD
68.9655 3.86909 64.12 73.4284
68.9655 2.86909 64.12 73.4284
69.7613 1.86909 64.9406 74.1833
66.5782 0.869091 61.6676 71.1545
EOD
$group8 << EOD
61.1511 3.80364 58.6828 63.5635
64.2904 2.80364 61.8554 66.6537
65.9908 1.80364 63.5785 68.323
61.7397 0.803636 59.2768 64.1437
EOD
$group9 << EOD
67.0966 3.73818 65.6445 68.5168
67.1453 2.73818 65.6937 68.5649
67.2183 1.73818 65.7674 68.637
64.7846 0.738182 63.3109 66.2307
EOD
$group10 << EOD
72.4619 3.67273 70.2032 74.6114
73.033 2.67273 70.7872 75.1668
72.0178 1.67273 69.7493 74.1791
70.4315 0.672727 68.1304 72.6332
EOD
set xrange [46.802:95.6133]
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
