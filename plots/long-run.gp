# long-run.gp: a million iterations at two learning rates. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set logscale x
set format x '10^{%L}'
set xlabel '반복'
set ylabel '문자 하나의 손실 (nat)'
set xrange [1000:1000000]
set key top right
plot LOG every ::1 using 1:2 with lines linewidth 2 linecolor rgb vermilion title '학습률 0.1, 평활 손실', \
     LOG every ::1 using 1:3 with lines linewidth 1.5 linecolor rgb vermilion dashtype 2 title '학습률 0.1, 떼어 둔 글', \
     LOG every ::1 using 1:4 with lines linewidth 2 linecolor rgb blue title '학습률 0.05, 평활 손실', \
     LOG every ::1 using 1:5 with lines linewidth 1.5 linecolor rgb blue dashtype 2 title '학습률 0.05, 떼어 둔 글'
