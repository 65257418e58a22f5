# char-rnn.gp: the loss curve of a run of char-rnn, and the tests on the part held out. Needs LOG, OUT and PICTURE (see
# of-program.sh).
load 'plots/style.gp'
set xlabel '반복'
set ylabel '기호당 손실 (nat)'
set y2label '기호당 비트'
stats LOG every ::1 using 2 nooutput
top = STATS_up_quartile * 1.6
set yrange [0:top]
set y2range [0:top / log(2)]
set y2tics nomirror
set border 11
set format x '%.0f'
step = int(STATS_records / (OUT eq 'svg' ? 1500 : 5000)) + 1
# What a run has none of is not plotted at all: gnuplot warns of a curve without points.
held = system(sprintf("awk -F '\\t' '$5 + 0 > 0' '%s' | wc -l", LOG)) > 0
held_out = held ? ", LOG every ::1 using 1:5 with points pointtype 6 pointsize 0.8 linewidth 2 ". \
    "linecolor rgb vermilion title '떼어 둔 글'" : ''
plot LOG every step::1 using 1:2 with points pointtype 7 pointsize 0.12 linecolor rgb '#a8cbe0' notitle, \
     NaN with points pointtype 7 pointsize 0.6 linecolor rgb '#a8cbe0' title '손실(loss)' @held_out
