# vanishing.gp: what is left of a loss's gradient k steps earlier. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set logscale y
set format y '10^{%L}'
set yrange [1e-12:1e6]
set xlabel '거슬러 간 시각 수 k'
set ylabel '|dL[t]/dh[t-k]|, k = 0일 때를 1로'
set key outside right center title 'Whh의 배율'
plot LOG every ::1 using 1:6 with linespoints pointsize 0.4 linewidth 2 linecolor rgb vermilion dashtype 2 title '4', \
     LOG every ::1 using 1:5 with linespoints pointsize 0.4 linewidth 2 linecolor rgb orange dashtype 4 title '2', \
     LOG every ::1 using 1:4 with linespoints pointsize 0.4 linewidth 2 linecolor rgb green title '1', \
     LOG every ::1 using 1:3 with linespoints pointsize 0.4 linewidth 2 linecolor rgb blue dashtype 3 title '0.5', \
     LOG every ::1 using 1:2 with linespoints pointsize 0.4 linewidth 2 linecolor rgb black dashtype 5 title '0.07(출발점)'
