set terminal svg size 860,350 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set multiplot
set xtics font ',11'
set ytics font ',11'
set logscale x
set label '' at screen 0.0697674,0.954286 point pointtype 6 pointsize 0.7 linewidth 1.4 linecolor rgb '#d55e00'
set label 'LLM-NAS without an LLM' at screen 0.0813953,0.954286 left textcolor rgb '#d55e00' font ',12'
set label '' at screen 0.284186,0.954286 point pointtype 12 pointsize 0.7 linewidth 1.4 linecolor rgb '#0072b2'
set label 'Random search' at screen 0.295814,0.954286 left textcolor rgb '#0072b2' font ',12'
set arrow from screen 0.0627907,0.905714 to screen 0.0767442,0.905714 nohead linecolor rgb '#222222' linewidth 1.2
set label 'true front' at screen 0.0813953,0.905714 left textcolor rgb '#222222' font ',12'
set lmargin at screen 0.0697674
set rmargin at screen 0.488372
set tmargin at screen 0.765714
set bmargin at screen 0.234286
set ylabel 'test accuracy (%)' offset 1,0 textcolor rgb '#222222'
set xlabel 'latency (ms) (log scale)' offset 0,0.7 textcolor rgb '#222222'
set label 'host' at graph 0.5,1.06 center textcolor rgb '#222222'
set xrange [0.0847826:0.459931]
set xtics ('0.1' 0.1, '0.2' 0.2)
$true0 << EOD
0.0975 82
0.10048 82
0.10048 86
0.167741 86
0.167741 87.5
EOD
$front0x0 << EOD
0.0975 82
0.156476 78
0.314294 82
0.39994 82
EOD
$front0x1 << EOD
0.12326 78.5
0.145908 84.5
0.154436 82
0.156476 78
0.350887 80.5
EOD
plot $true0 using 1:2 with lines linewidth 1.2 linecolor rgb '#222222' notitle, \
     $front0x0 using 1:2 with points pointtype 6 pointsize 0.6 linecolor rgb '#d55e00' linewidth 1.4 notitle, \
     $front0x1 using 1:2 with points pointtype 12 pointsize 0.6 linecolor rgb '#0072b2' linewidth 1.4 notitle
unset label
unset arrow
set lmargin at screen 0.534884
set rmargin at screen 0.953488
set tmargin at screen 0.765714
set bmargin at screen 0.234286
unset ylabel
set xlabel 'latency (ms) (log scale)' offset 0,0.7 textcolor rgb '#222222'
set label 'host_batch16' at graph 0.5,1.06 center textcolor rgb '#222222'
set xrange [0.0189283:0.10652]
set xtics ('0.02' 0.02, '0.05' 0.05)
$true1 << EOD
0.0217675 82
0.0222358 82
0.0222358 86
0.0422964 86
0.0422964 87.5
EOD
$front1x0 << EOD
0.0217675 82
0.0400756 78
0.0709702 82
0.0926261 82
EOD
$front1x1 << EOD
0.0308528 78.5
0.0353417 84.5
0.0392142 82
0.0400756 78
0.0867054 80.5
EOD
plot $true1 using 1:2 with lines linewidth 1.2 linecolor rgb '#222222' notitle, \
     $front1x0 using 1:2 with points pointtype 6 pointsize 0.6 linecolor rgb '#d55e00' linewidth 1.4 notitle, \
     $front1x1 using 1:2 with points pointtype 12 pointsize 0.6 linecolor rgb '#0072b2' linewidth 1.4 notitle
unset label
unset arrow
unset multiplot
