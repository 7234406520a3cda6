set terminal svg size 860,380 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0976744
set rmargin at screen 0.783721
set tmargin at screen 0.936842
set bmargin at screen 0.157895
set xlabel 'Tenth of the candidates by latency, fastest first' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Share of the evaluations (%)' offset 0.8,0 textcolor rgb '#222222'
set xtics 1
$line0 << EOD
1 24.1667
2 9.16667
3 2.5
4 3.33333
5 5
6 2.5
7 9.16667
8 9.16667
9 11.6667
10 23.3333
EOD
$line1 << EOD
1 5
2 7.5
3 8.33333
4 10
5 11.6667
6 7.5
7 14.1667
8 9.16667
9 12.5
10 14.1667
EOD
set xrange [1:10]
set yrange [0:25.375]
set arrow from graph 1,graph 0.91954 to graph 1.02441,graph 0.91954 nohead linecolor rgb '#d55e00' linewidth 0.8
set label 'LLM-NAS without an LLM' at graph 1.03051,graph 0.91954 left textcolor rgb '#d55e00' front
set arrow from graph 1,graph 0.558292 to graph 1.02441,graph 0.558292 nohead linecolor rgb '#0072b2' linewidth 0.8
set label 'Random search' at graph 1.03051,graph 0.558292 left textcolor rgb '#0072b2' front
plot $line0 using 1:2 with linespoints pointtype 7 pointsize 0.7 linewidth 1.8 dashtype 1 linecolor rgb '#d55e00' notitle, \
     $line1 using 1:2 with linespoints pointtype 13 pointsize 0.7 linewidth 1.8 dashtype 2 linecolor rgb '#0072b2' notitle
