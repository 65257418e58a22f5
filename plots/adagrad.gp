# adagrad.gp: the losses of plain gradient descent and Adagrad on the same words. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set logscale y
set format y '10^{%L}'
set xlabel '단어들을 훑은 횟수'
set ylabel '단어 하나의 평균 손실 (nat)'
set key top right
plot LOG every ::1 using 1:2 with lines linewidth 2 linecolor rgb vermilion dashtype 2 title '경사 하강법, 학습률 0.1', \
     LOG every ::1 using 1:3 with lines linewidth 2 linecolor rgb orange dashtype 4 title '경사 하강법, 학습률 0.01', \
     LOG every ::1 using 1:4 with lines linewidth 2 linecolor rgb blue title 'Adagrad, 학습률 0.1'
