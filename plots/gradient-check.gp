# gradient-check.gp: the V-shaped error of differences against their step h. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set logscale xy
set format x '10^{%L}'
set format y '10^{%L}'
set xlabel '간격 h'
set ylabel 'dWhh 오차의 중앙값(가장 큰 값에 견줌)'
set xrange [1e-12:1]
set key bottom left
plot LOG every ::1 using 1:2 with linespoints pointsize 0.5 linewidth 2 linecolor rgb vermilion dashtype 2 title '전진 차분', \
     LOG every ::1 using 1:3 with linespoints pointsize 0.5 linewidth 2 linecolor rgb blue title '중앙 차분', \
     LOG every ::1 using 1:4 with linespoints pointsize 0.5 linewidth 2 linecolor rgb green dashtype 4 title '리처드슨 두 단', \
     LOG every ::1 using 1:5 with linespoints pointsize 0.5 linewidth 2 linecolor rgb purple dashtype 3 title '중앙 차분, 가중치 0.01'
