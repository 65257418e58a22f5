# gru.gp: held-out loss of RNN, LSTM and GRU with equal numbers of parameters. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set xlabel '반복'
set ylabel '떼어 둔 글의 손실(문자당 nat)'
set key top right
# of(CELL, LAYERS): all runs, an empty line between two seeds
of(cell, layers) = sprintf("< awk -F '\\t' '$1 == \"%s\" && $2 == %d { if ($5 != seed) print \"\"; seed = $5; print $6 \"\\t\" $8 }' %s", cell, layers, LOG)
plot of('rnn', 1) using 1:2 with linespoints pointsize 0.4 linewidth 2 linecolor rgb vermilion title 'RNN, 1층', \
     of('rnn', 2) using 1:2 with linespoints pointsize 0.4 linewidth 2 linecolor rgb vermilion dashtype 3 title 'RNN, 2층', \
     of('lstm', 1) using 1:2 with linespoints pointsize 0.4 linewidth 2 linecolor rgb green title 'LSTM, 1층', \
     of('lstm', 2) using 1:2 with linespoints pointsize 0.4 linewidth 2 linecolor rgb green dashtype 3 title 'LSTM, 2층', \
     of('gru', 1) using 1:2 with linespoints pointsize 0.4 linewidth 2 linecolor rgb blue title 'GRU, 1층', \
     of('gru', 2) using 1:2 with linespoints pointsize 0.4 linewidth 2 linecolor rgb blue dashtype 3 title 'GRU, 2층'
