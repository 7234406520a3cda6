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
set xrange [51009:720900]
set yrange [0:0.509529]
set xtics ('10,000' 10000, '100,000' 100000, '1 million' 1e+06)
set xlabel 'Parameters as trained (logarithmic)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Unfairness, sum over groups' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.980952 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from graph 0,first 0.028007 to graph 1,first 0.101039 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'Search-1' at screen 0.749451,0.604197 left textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.349181,0.73377 left textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.304038,0.709177 right textcolor rgb '#d55e00' front
$searched << EOD
360450 0.309902 0.237548 0.37752
109634 0.398777 0.322065 0.471786
102018 0.381908 0.309805 0.451257
EOD
plot $searched using 1:2:3:4 with yerrorbars pointtype 0 linecolor rgb '#d55e00' notitle, \
     $searched using 1:2 with points pointtype 13 pointsize 1.1 linecolor rgb '#d55e00' linewidth 1.4 title 'searched and others'
