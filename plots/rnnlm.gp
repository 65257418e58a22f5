# rnnlm.gp: perplexity of the training text and of the held-out text, by epoch. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set logscale y
set xlabel '에폭'
set ylabel '퍼플렉서티'
set yrange [1:500]
set key bottom left
plot LOG every ::1 using 1:2 with lines linewidth 2 linecolor rgb blue title '배우는 글', \
     LOG every ::1 using 1:3 with lines linewidth 2 linecolor rgb vermilion dashtype 2 title '떼어 둔 글'
