set terminal svg size 860,520 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0813953
set rmargin at screen 0.972093
set tmargin at screen 0.915385
set bmargin at screen 0.123077
set xrange [0:1.14164]
set yrange [7.31515:53.0406]
set xlabel 'Unfairness, sum over groups (fairer to the left)' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Balanced accuracy (%)' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.984615 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
set object 1 rectangle from 0,graph 0 to 0.405799,graph 1 behind fillcolor rgb '#e2e2e2' fillstyle solid noborder
set label 'noise of a fair model' at graph 0.008, graph 0.03 left textcolor rgb '#6f6f6f' front
set label 'ResNet-18' at screen 0.350532,0.397807 left textcolor rgb '#0072b2' front
set label 'ResNet-34' at screen 0.179668,0.332523 right textcolor rgb '#0072b2' front
set label 'MobileNetV1' at screen 0.450146,0.400002 left textcolor rgb '#0072b2' front
set label 'MobileNetV2' at screen 0.23987,0.395132 right textcolor rgb '#0072b2' front
set label 'FaHaNa-Fair (approximate)' at screen 0.349117,0.505191 left textcolor rgb '#0072b2' front
set label 'Search-1' at screen 0.288412,0.322242 left textcolor rgb '#d55e00' front
set label 'Search-2' at screen 0.414029,0.464897 right textcolor rgb '#d55e00' front
set label 'Search-3' at screen 0.252627,0.687408 right textcolor rgb '#d55e00' front
set label 'Constant' at screen 0.729501,0.234071 left textcolor rgb '#6f6f6f' front
$front << EOD
0.137882 18.1818
0.215045 18.1818
0.215045 24.2367
0.237358 24.2367
0.237358 37.22
EOD
$ours0 << EOD
0.333039 24.3911 0 0.571014 19.1939 39.7163
0.137882 18.1818 0 0.241062 10.1229 32.2564
0.460717 24.5178 0.123144 0.707473 17.7041 39.074
0.215045 24.2367 0 0.439083 18.7487 39.4422
0.331225 28.1468 0 0.510097 21.2405 42.6521
EOD
$ours1 << EOD
0.247456 21.4729 0 0.45492 16.2818 36.6245
0.438272 25.8214 0.126374 0.682942 20.2445 40.8187
0.237358 37.22 0 0.462735 27.8354 50.2329
EOD
$ours2 << EOD
0.818777 12.5 0.559619 1.06695 12.0589 28.5031
EOD
plot $front using 1:2 with lines linecolor rgb '#222222' linewidth 1.2 dashtype 2 title 'Pareto front, ours', \
     $ours0 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#0072b2' notitle, \
     $ours0 using 1:2 with points pointtype 7 pointsize 1.1 linecolor rgb '#0072b2' linewidth 1.4 title 'baselines', \
     $ours1 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#d55e00' notitle, \
     $ours1 using 1:2 with points pointtype 13 pointsize 1.1 linecolor rgb '#d55e00' linewidth 1.4 title 'searched (FL-NAS)', \
     $ours2 using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '#6f6f6f' notitle, \
     $ours2 using 1:2 with points pointtype 5 pointsize 1.1 linecolor rgb '#6f6f6f' linewidth 1.4 title 'constant predictor'
