# units.gp: bits per character of bytes, characters and jamo, at two learning rates with the same H,
# and with the same number of weights. The boxes are means, the bars their
# standard errors, the points the networks. Needs LOG (the means), LOG2 (each network), OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set style fill solid 0.3 border
set boxwidth 0.24
set xrange [-0.6:2.6]
set yrange [0:6]
set xtics ('바이트' 0, '글자' 1, '낱자' 2)
set ylabel '문자당 비트'
set key outside top center horizontal
plot LOG using ($1 - 0.27):2 with boxes linewidth 1 linecolor rgb blue title '학습률 0.1', \
     LOG using 1:4 with boxes linewidth 1 linecolor rgb orange title '학습률 0.05', \
     LOG using ($1 + 0.27):6 with boxes linewidth 1 linecolor rgb green title '가중치 수를 같게', \
     LOG using ($1 - 0.27):2:3 with yerrorbars pointtype 0 linewidth 1.5 linecolor rgb black title '표준 오차', \
     LOG using 1:4:5 with yerrorbars pointtype 0 linewidth 1.5 linecolor rgb black notitle, \
     LOG using ($1 + 0.27):6:7 with yerrorbars pointtype 0 linewidth 1.5 linecolor rgb black notitle, \
     LOG2 using ($1 + ($2 - 1) * 0.27 + 0.07):3 with points pointtype 6 pointsize 0.7 linecolor rgb black title '신경망 하나'
