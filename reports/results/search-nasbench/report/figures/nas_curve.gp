set terminal svg size 860,420 dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'
set encoding utf8
set border 3 linecolor rgb '#6f6f6f' linewidth 0.8
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid noxtics ytics linetype 1 linecolor rgb '#e2e2e2' linewidth 0.8
set key off
set pointintervalbox 0
set lmargin at screen 0.0976744
set rmargin at screen 0.972093
set tmargin at screen 0.852381
set bmargin at screen 0.142857
set xlabel 'Cells evaluated, those that train the predictor counted' offset 0,0.3 textcolor rgb '#222222'
set ylabel 'Hypervolume, share of the true front''s' offset 0.8,0 textcolor rgb '#222222'
set key at screen 0.5,0.980952 center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '#222222'
$curve0 << EOD
215 0.848409
230 0.890667
245 0.915099
260 0.929434
275 0.935858
290 0.939159
305 0.94311
320 0.945225
335 0.948302
350 0.950767
365 0.952417
380 0.954102
395 0.955446
410 0.954529
425 0.955198
440 0.955699
455 0.956285
470 0.957233
485 0.958024
500 0.960012
EOD
$curve1 << EOD
215 0.837379
230 0.901866
245 0.923886
260 0.93404
275 0.934839
290 0.937718
305 0.941075
320 0.945745
335 0.94944
350 0.949464
365 0.951619
380 0.953165
395 0.954896
410 0.955221
425 0.955714
440 0.957432
455 0.958321
470 0.957882
485 0.95853
500 0.959857
EOD
$curve2 << EOD
215 0.837379
230 0.901866
245 0.923886
260 0.928336
275 0.935054
290 0.942331
305 0.945818
320 0.948073
335 0.950004
350 0.953002
365 0.955326
380 0.955964
395 0.958078
410 0.958994
425 0.960094
440 0.960734
455 0.961262
470 0.961691
485 0.961583
500 0.961652
EOD
$curve3 << EOD
215 0.837379
230 0.901866
245 0.923886
260 0.929721
275 0.935746
290 0.939545
305 0.940649
320 0.943989
335 0.946445
350 0.950374
365 0.953236
380 0.954404
395 0.95542
410 0.956089
425 0.957565
440 0.959322
455 0.960252
470 0.9612
485 0.962599
500 0.9628
EOD
$curve4 << EOD
215 0.836428
230 0.866161
245 0.89513
260 0.905504
275 0.916427
290 0.921944
305 0.930578
320 0.935394
335 0.941512
350 0.942891
365 0.94483
380 0.948798
395 0.951278
410 0.952636
425 0.953542
440 0.954752
455 0.956633
470 0.957728
485 0.958773
500 0.959388
EOD
plot $curve0 using 1:2 with lines linewidth 1.8 linecolor rgb '#d55e00' title 'LLM-NAS without an LLM', \
     $curve1 using 1:2 with lines linewidth 1.8 linecolor rgb '#0072b2' title 'Random search', \
     $curve2 using 1:2 with lines linewidth 1.8 linecolor rgb '#009e73' title 'Regularised evolution', \
     $curve3 using 1:2 with lines linewidth 1.8 linecolor rgb '#aa4499' title 'NSGA-II', \
     $curve4 using 1:2 with lines linewidth 1.8 linecolor rgb '#b87a00' title 'Pareto local search'
