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
set xrange [51009:4.2556e+07]
set yrange [0:0.784183]
set xtics ('10,000' 10000, '100,000' 100000, '1 million' 1e+06, '10 million' 1e+07, '100 million' 1e+08)
set xlabel 'Parameters as trained (logarithmic)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Unfairness, sum over groups' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.980952 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from graph 0,first 0.0999055 to graph 1,first 0.39122 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'ResNet-18' at screen 0.781021,0.641858 right textcolor rgb '#0072b2' front
set label 'ResNet-34' at screen 0.890775,0.603761 left textcolor rgb '#0072b2' front
set label 'MobileNetV1' at screen 0.618945,0.298206 right textcolor rgb '#0072b2' front
set label 'MobileNetV2' at screen 0.744595,0.42881 left textcolor rgb '#0072b2' front
set label 'FaHaNa-Fair (approximate)' at screen 0.691487,0.374949 right textcolor rgb '#0072b2' front
set label 'Search-1' at screen 0.350778,0.453382 left textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.193177,0.486053 left textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.162713,0.342571 right textcolor rgb '#d55e00' front
$line << EOD
102018 0.250051
2.1278e+07 0.362187
EOD
$baselines << EOD
1.11699e+07 0.456385 0.124995 0.726096
2.1278e+07 0.476491 0.145116 0.716755
3.19911e+06 0.153937 0 0.361013
7.05485e+06 0.291807 0 0.498904
5.53287e+06 0.23495 0 0.442037
EOD
$searched << EOD
360450 0.317746 0 0.567743
109634 0.352235 0 0.618892
102018 0.20077 0 0.414874
EOD
plot $line using 1:2 with lines linecolor rgb '#222222' linewidth 1.2 dashtype 2 title 'least squares', \
     $baselines using 1:2:3:4 with yerrorbars pointtype 0 linecolor rgb '#0072b2' notitle, \
     $baselines using 1:2 with points pointtype 7 pointsize 1.1 linecolor rgb '#0072b2' linewidth 1.4 title 'baselines', \
     $searched using 1:2:3:4 with yerrorbars pointtype 0 linecolor rgb '#d55e00' notitle, \
     $searched using 1:2 with points pointtype 13 pointsize 1.1 linecolor rgb '#d55e00' linewidth 1.4 title 'searched and others'
