# naive-bptt.gp: experiment B with the naive backward pass and with BPTT, three seeds each.
# Needs LOG and LOG2 (the tables' names without -SEED.tsv), OUT and PICTURE (see all.sh).
load 'plots/style.gp'
floor = -(log(1.0 / 15) + 14 * log(14.0 / 15)) / 16
set logscale y
set format y '10^{%L}'
set xlabel '단어들을 훑은 횟수'
set ylabel '단어 하나의 평균 손실 (nat)'
set xrange [0:1001]
set key top right
set label 1 '기억이 없을 때의 한계 0.2296' at 990, floor * 0.68 right textcolor rgb black
plot floor with lines linecolor rgb black dashtype 3 notitle, \
     for [s in '1 5'] LOG.'-'.s.'.tsv' every ::1 using 1:2 with lines linewidth 0.7 linecolor rgb vermilion dashtype 2 notitle, \
     for [s in '1 5'] LOG2.'-'.s.'.tsv' every ::1 using 1:2 with lines linewidth 0.7 linecolor rgb blue notitle, \
     LOG.'-0.tsv' every ::1 using 1:2 with lines linewidth 2 linecolor rgb vermilion dashtype 2 title '단순 역전파(시드 0, 1, 5)', \
     LOG2.'-0.tsv' every ::1 using 1:2 with lines linewidth 2 linecolor rgb blue title 'BPTT(시드 0, 1, 5)'
