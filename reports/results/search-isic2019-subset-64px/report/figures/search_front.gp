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
0.150989 52.5
0.293812 65
0.507534 21.25
0.391977 75.75
0.347279 62.5
0.353079 58.25
0.36852 50.25
0.473303 49.75
0.507534 78.75
0.161307 51.5
0.443997 62.75
0.47924 57
0.143434 55.5
0.260657 74.25
0.360304 66.75
0.540539 54.25
0.521608 57.75
0.507534 21.25
0.317111 63.75
0.272523 67.75
0.360388 34
0.256426 64
0.339743 66
0.218003 65
EOD
$designs1 << EOD
0.150989 52.5
0.293812 65
0.507534 21.25
0.391977 75.75
0.300275 71.25
0.443359 47
0.274054 64.25
0.454367 42.25
0.507534 78.75
0.161307 51.5
0.443997 62.75
0.47924 57
0.254527 66.5
0.186481 67.5
0.228135 63.5
0.2142 66.5
0.521608 57.75
0.507534 21.25
0.317111 63.75
0.272523 67.75
0.277998 68.75
0.516849 51.5
0.360041 74.5
0.265152 68.5
EOD
$designs2 << EOD
0.211382 67.25
0.471975 60.25
0.22786 61.25
0.438383 64
0.237261 75.75
0.40393 58.5
0.347123 65.75
0.416941 60.25
0.198663 63.75
0.277431 72.25
0.200441 70.5
0.313398 71.5
0.359627 63.75
0.283402 65.75
0.321968 69.5
0.224721 77.25
0.47217 74.75
0.468343 57.75
0.280958 75
0.255973 66.25
0.140052 69.75
0.262406 72.5
0.287622 62.25
0.413293 77.5
EOD
$designs3 << EOD
0.319859 62.75
0.399653 51.25
0.507534 78.75
0.391977 75.75
0.46202 59.5
0.39684 51.5
0.175076 59.5
0.25095 62.5
0.516501 50.5
0.161572 58.25
0.443997 62.75
0.310008 68.5
0.496109 50
0.324232 68
0.305114 70
0.507534 78.75
0.329992 70.5
0.415255 59.25
0.441331 60.25
0.447726 60.25
0.225782 75.75
0.439163 60.25
0.39717 61.5
0.4084 59.75
EOD
$front << EOD
0.140052 69.75
0.200441 70.5
0.224721 77.25
0.413293 77.5
0.507534 78.75
0.507534 78.75
0.507534 78.75
0.507534 78.75
EOD
set object 1 rectangle from first 0,graph 0 to first 0.23149,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair design' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set xrange [0:*]
plot $designs0 using 1:2 with points pointtype 6 pointsize 1 linecolor rgb '#0072b2' linewidth 1.4 title 'random', \
     $designs1 using 1:2 with points pointtype 12 pointsize 1 linecolor rgb '#d55e00' linewidth 1.4 title 'evolution', \
     $designs2 using 1:2 with points pointtype 8 pointsize 1 linecolor rgb '#009e73' linewidth 1.4 title 'fahana', \
     $designs3 using 1:2 with points pointtype 4 pointsize 1 linecolor rgb '#aa4499' linewidth 1.4 title 'niches', \
     $front using 1:2 with lines linecolor rgb '#222222' dashtype 2 title 'Pareto front'
