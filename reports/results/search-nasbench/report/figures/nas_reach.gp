set terminal svg size 860,380 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0976744
set rmargin at screen 0.972093
set tmargin at screen 0.836842
set bmargin at screen 0.157895
set xlabel 'Tenth of the candidates by latency, fastest first' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Share of the evaluations (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.978947 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
$coverage0 << EOD
1 24.5231
2 10.1296
3 9.50926
4 5.62037
5 4.99537
6 5.73611
7 6.21759
8 6.81481
9 8.5787
10 17.875
EOD
$coverage1 << EOD
1 9.66667
2 9.83796
3 11.7176
4 8.07407
5 10.0556
6 10.2222
7 10.5509
8 9.61111
9 10.7407
10 9.52315
EOD
$coverage2 << EOD
1 36.0139
2 13.0648
3 11.4074
4 8.23148
5 7.40278
6 6.37963
7 5.68519
8 4.37037
9 4.30093
10 3.14352
EOD
$coverage3 << EOD
1 20.8519
2 13.1157
3 12.3009
4 9.09722
5 9.44907
6 8.72222
7 7.66667
8 6.93519
9 6.69444
10 5.16667
EOD
$coverage4 << EOD
1 35.7269
2 14.9213
3 12.5417
4 9.11111
5 7.68981
6 5.57407
7 4.80093
8 4.17593
9 3.15741
10 2.30093
EOD
set xrange [0.7:10.3]
set yrange [0:*]
set xtics 1
plot $coverage0 using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.6 linecolor rgb '#d55e00' title 'LLM-NAS without an LLM', \
     $coverage1 using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.6 linecolor rgb '#0072b2' title 'Random search', \
     $coverage2 using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.6 linecolor rgb '#009e73' title 'Regularised evolution', \
     $coverage3 using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.6 linecolor rgb '#aa4499' title 'NSGA-II', \
     $coverage4 using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.6 linecolor rgb '#b87a00' title 'Pareto local search'
