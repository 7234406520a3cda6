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
set bmargin at screen 0.142857
set xlabel 'Unfairness, sum over groups, validation (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Accuracy, validation (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.980952 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
$designs0 << EOD
0.420584 60
0.25046 63.5
0.306235 67
0.532861 56.75
0.203767 64.5
0.181163 70.75
0.499632 57.5
0.291364 70.25
0.328397 75
0.431961 60.5
0.212818 70.5
0.191058 61.75
EOD
$designs1 << EOD
0.283342 64.75
0.482818 62
0.534445 56.5
0.275064 73.5
0.242182 65
0.477783 56.5
0.146192 48.75
0.183199 65.25
0.303432 60
0.16822 67.75
0.186974 69.5
0.202921 70.5
EOD
$designs2 << EOD
0.342772 63.75
0.486198 49.5
0.427502 64.75
0.167076 71
0.214908 70.25
0.135246 69.5
0.422915 67
0.186334 69.5
0.191301 72
0.15521 69.75
0.365878 72
0.26123 70.75
EOD
$front << EOD
0.135246 69.5
0.15521 69.75
0.167076 71
0.191301 72
0.275064 73.5
0.328397 75
EOD
set object 1 rectangle from first 0,graph 0 to first 0.223961,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair design' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set xrange [0:*]
plot $designs0 using 1:2 with points pointtype 6 pointsize 1 linecolor rgb '#0072b2' linewidth 1.4 title 'random-sensible', \
     $designs1 using 1:2 with points pointtype 12 pointsize 1 linecolor rgb '#d55e00' linewidth 1.4 title 'random', \
     $designs2 using 1:2 with points pointtype 8 pointsize 1 linecolor rgb '#009e73' linewidth 1.4 title 'flnas', \
     $front using 1:2 with lines linecolor rgb '#222222' dashtype 2 title 'Pareto front'
