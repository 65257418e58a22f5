# memory.gp: of ten seeds, how many learn to remember the first character k steps later. Needs LOG, OUT and PICTURE (see
# all.sh).
load 'plots/style.gp'
set xlabel '첫 문자와 물음 사이의 문자 수 k'
set ylabel '배운 시드의 수'
set yrange [0:10.5]
set xtics 10
set key outside right center
# of(CELL): the number of learnt runs at each k
of(cell) = sprintf("< awk -F '\\t' '$1 == \"%s\" { n[$2] += $4 } END { for (k in n) print k \"\\t\" n[k] }' %s | sort -n", cell, LOG)
plot of('lstm-1') using 1:2 with linespoints pointtype 7 linewidth 2 linecolor rgb green title 'LSTM, 망각 1', \
     of('lstm-0') using 1:2 with linespoints pointtype 5 linewidth 2 linecolor rgb blue dashtype 3 title 'LSTM, 망각 0', \
     of('rnn') using 1:2 with linespoints pointtype 9 linewidth 2 linecolor rgb vermilion dashtype 5 title 'RNN'
