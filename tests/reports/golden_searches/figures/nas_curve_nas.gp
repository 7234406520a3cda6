set terminal svg size 860,420 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0976744
set rmargin at screen 0.783721
set tmargin at screen 0.942857
set bmargin at screen 0.142857
set xlabel 'Cells evaluated, those that train the predictor counted' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Hypervolume, share of the true front''s' offset 0.8,0 textcolor rgb '#222222'
$line0 << EOD
31 0.339879
33 0.339879
34 0.339879
36 0.339879
37 0.339879
39 0.363292
40 0.414598
42 0.414598
43 0.543954
45 0.545852
46 0.545852
48 0.610391
49 0.610391
51 0.610391
52 0.610391
54 0.610391
55 0.610391
57 0.610391
58 0.610391
60 0.610391
EOD
$line1 << EOD
31 0.187772
33 0.443597
34 0.573039
36 0.573039
37 0.573039
39 0.573039
40 0.573039
42 0.573039
43 0.573039
45 0.573039
46 0.590623
48 0.590623
49 0.678312
51 0.678312
52 0.678312
54 0.678312
55 0.678312
57 0.678312
58 0.678312
60 0.678312
EOD
set xrange [31:60]
set yrange [0.163245:0.702839]
set arrow from graph 1,graph 0.82867 to graph 1.02441,graph 0.82867 nohead linecolor rgb '#d55e00' linewidth 0.8
set label 'LLM-NAS without an LLM' at graph 1.03051,graph 0.82867 left textcolor rgb '#d55e00' front
set arrow from graph 1,graph 0.954545 to graph 1.02441,graph 0.954545 nohead linecolor rgb '#0072b2' linewidth 0.8
set label 'Random search' at graph 1.03051,graph 0.954545 left textcolor rgb '#0072b2' front
plot $line0 using 1:2 with lines linewidth 1.8 dashtype 1 linecolor rgb '#d55e00' notitle, \
     $line1 using 1:2 with lines linewidth 1.8 dashtype 2 linecolor rgb '#0072b2' notitle
