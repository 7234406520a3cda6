set terminal svg size 860,420 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0813953
set rmargin at screen 0.972093
set tmargin at screen 0.895238
set bmargin at screen 0.152381
set logscale x
set xrange [57156:4.25622e+07]
set yrange [0:0.764071]
set xtics ('10,000' 10000, '100,000' 100000, '1 million' 1e+06, '10 million' 1e+07, '100 million' 1e+08)
set xlabel 'Parameters as trained (logarithmic)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Unfairness, sum over groups' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.980952 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from graph 0,first 0.12472 to graph 1,first 0.405799 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'ResNet-18' at screen 0.802414,0.476174 left textcolor rgb '#0072b2' front
set label 'ResNet-34' at screen 0.889198,0.286435 left textcolor rgb '#0072b2' front
set label 'MobileNetV1' at screen 0.613296,0.600307 right textcolor rgb '#0072b2' front
set label 'MobileNetV2' at screen 0.740559,0.361456 left textcolor rgb '#0072b2' front
set label 'FaHaNa-Fair (approximate)' at screen 0.686889,0.47441 right textcolor rgb '#0072b2' front
set label 'Search-1' at screen 0.340191,0.392966 left textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.229488,0.578485 left textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.16429,0.383149 right textcolor rgb '#d55e00' front
$line << EOD
114312 0.339924
2.12811e+07 0.26637
EOD
$baselines << EOD
1.11729e+07 0.333039 0 0.571014
2.12811e+07 0.137882 0 0.241062
3.20526e+06 0.460717 0.123144 0.707473
7.0587e+06 0.215045 0 0.439083
5.53551e+06 0.331225 0 0.510097
EOD
$searched << EOD
361224 0.247456 0 0.45492
158792 0.438272 0.126374 0.682942
114312 0.237358 0 0.462735
EOD
plot $line using 1:2 with lines linecolor rgb '#222222' linewidth 1.2 dashtype 2 title 'least squares', \
     $baselines using 1:2:3:4 with yerrorbars pointtype 0 linecolor rgb '#0072b2' notitle, \
     $baselines using 1:2 with points pointtype 7 pointsize 1.1 linecolor rgb '#0072b2' linewidth 1.4 title 'baselines', \
     $searched using 1:2:3:4 with yerrorbars pointtype 0 linecolor rgb '#d55e00' notitle, \
     $searched using 1:2 with points pointtype 13 pointsize 1.1 linecolor rgb '#d55e00' linewidth 1.4 title 'searched and others'
