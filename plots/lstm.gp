# lstm.gp: what is left of a gradient k steps earlier, in an RNN and in an LSTM. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set logscale y
set format y '10^{%L}'
set yrange [1e-9:2]
set xlabel '거슬러 간 시각 수 k'
set ylabel '|dL/dh[t-k]| 또는 |dL/dc[t-k]|, k = 0의 dh를 1로'
set key outside right center title '출발점에서'
plot LOG every ::1 using 1:5 with linespoints pointsize 0.4 linewidth 2 linecolor rgb purple dashtype 4 title 'LSTM c, 망각 3', \
     LOG every ::1 using 1:4 with linespoints pointsize 0.4 linewidth 2 linecolor rgb green title 'LSTM c, 망각 1', \
     LOG every ::1 using 1:6 with linespoints pointsize 0.4 linewidth 2 linecolor rgb orange dashtype 2 title 'LSTM h, 망각 1', \
     LOG every ::1 using 1:3 with linespoints pointsize 0.4 linewidth 2 linecolor rgb blue dashtype 3 title 'LSTM c, 망각 0', \
     LOG every ::1 using 1:2 with linespoints pointsize 0.4 linewidth 2 linecolor rgb vermilion dashtype 5 title 'RNN h'
