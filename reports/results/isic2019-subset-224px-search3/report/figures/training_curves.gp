set terminal svg size 860,238 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set xrange [0.7:5.3]
set yrange [0:1.64082]
set xtics 1
set xtics font ',11' offset 0,0.3
set ytics font ',11' offset 0.4,0
set multiplot
set label 'train' at screen 0.06,0.941176 left textcolor rgb '#0072b2' font ',13'
set label 'validation' at screen 0.115,0.941176 left textcolor rgb '#d55e00' font ',13'
set label 'upright line: the epoch that was kept' at screen 0.21,0.941176 left textcolor rgb '#6f6f6f' font ',13'
set lmargin at screen 0.072093
set rmargin at screen 0.97907
set tmargin at screen 0.756303
set bmargin at screen 0.218487
set ylabel 'loss' offset 0.8,0 textcolor rgb '#222222'
set format y '%g'
set xlabel 'epoch' offset 0,0.7 textcolor rgb '#222222'
set label 'Search-3' at graph 0.5,1.06 center textcolor rgb '#222222'
$curve0 << EOD
1 1.56268 0.645777
2 0.77844 0.848337
3 1.07196 0.514858
4 0.645614 0.834453
5 0.585248 0.543868
EOD
set arrow 1 from first 3,graph 0 to first 3,graph 1 nohead linecolor rgb '#6f6f6f' linewidth 0.8 dashtype 2 back
plot $curve0 using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '#0072b2' notitle, \
     $curve0 using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '#d55e00' notitle
unset label
unset arrow
unset multiplot
