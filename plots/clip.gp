# clip.gp: the loss of the exploding run and of the same run with clipping. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set logscale y
set format y '10^{%L}'
set xlabel '단어들을 훑은 횟수'
set ylabel '단어 하나의 평균 손실 (nat)'
set key center right
plot LOG every ::1 using 1:2 with lines linewidth 1 linecolor rgb vermilion title '자르지 않음', \
     LOG every ::1 using 1:3 with lines linewidth 3 linecolor rgb blue title '값 기준 클리핑', \
     LOG every ::1 using 1:4 with lines linewidth 2 linecolor rgb green dashtype 3 title '노름 기준 클리핑'
