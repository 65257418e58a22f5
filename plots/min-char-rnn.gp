# min-char-rnn.gp: the loss curve of a training run. Needs LOG, OUT and PICTURE (see of-program.sh); LOG2, unless it is
# empty, has columns iteration, loss, text to write and height to write it at.
load 'plots/style.gp'
set xlabel '반복'
set ylabel '창 하나의 손실 (nat)'
set y2label '문자당 비트'
# bits per character = smooth_loss / (T ln 2); the log has both, so T need not be known.
stats LOG every ::1 using 3:4 nooutput
scale = STATS_mean_y / STATS_mean_x
stats LOG every ::1 using 2 nooutput
top = STATS_up_quartile * 1.6
set yrange [0:top]
set y2range [0:top * scale]
set y2tics nomirror
set border 11
set format x '%.0f'
step = int(STATS_records / (OUT eq 'svg' ? 1500 : 5000)) + 1
# What a run has none of is not plotted at all: gnuplot warns of a curve without points.
held = system(sprintf("awk -F '\\t' '$5 + 0 > 0' '%s' | wc -l", LOG)) > 0
held_out = held ? ", LOG every ::1 using 1:($5 / log(2)) axes x1y2 with points pointtype 6 pointsize 0.8 linewidth 2 ". \
    "linecolor rgb vermilion title '떼어 둔 글'" : ''
if (!exists("LOG2")) LOG2 = ''
written = strlen(LOG2) > 0 ? ", LOG2 using 1:2 with points pointtype 5 pointsize 0.9 linecolor rgb vermilion notitle, ". \
    "LOG2 using 1:4:3 with labels noenhanced left offset 0.3,0.5 font ',11' notitle, ". \
    "LOG2 using 1:2:(0):($4 - $2) with vectors nohead linecolor rgb '#808080' linewidth 0.7 notitle" : ''
plot LOG every step::1 using 1:2 with points pointtype 7 pointsize 0.12 linecolor rgb '#a8cbe0' notitle, \
     NaN with points pointtype 7 pointsize 0.6 linecolor rgb '#a8cbe0' title '손실(loss)', \
     LOG every step::1 using 1:3 with lines linewidth 2 linecolor rgb blue title '평활 손실(smooth_loss)' @held_out @written
