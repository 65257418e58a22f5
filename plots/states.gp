# states.gp: what two cells of a network do over a text: above, the one that goes with the place in the line; below, the
# one that goes with the place in the word, symbol by symbol. Needs LOG (columns number, symbol, the two cells and 1 at
# the end of a line, as all.sh makes it of `char-rnn show --table`), OUT and PICTURE (see of-program.sh).
load 'plots/style.gp'
if (!exists("SHOWN")) SHOWN = 80
if (!exists("LINES")) LINES = 500
stats LOG using ($1 < LINES ? $3 : NaN) name 'LINE' nooutput
set multiplot layout 2,1
set ylabel '줄을 따르는 셀'
set xlabel '글의 자리(세로줄은 줄의 끝)'
set xrange [0:LINES]
set yrange [LINE_min:LINE_max]
plot LOG every ::::LINES using ($5 == 1 ? $1 : NaN):(LINE_min):(0):(LINE_max - LINE_min) with vectors nohead \
        linecolor rgb '#808080' dashtype 2 notitle, \
    LOG every ::::LINES using 1:3 with lines linecolor rgb blue linewidth 1.5 notitle
set ylabel '단어를 따르는 셀'
set xlabel '글'
set style fill solid 0.6 noborder
set boxwidth 0.8
set xrange [-0.5:SHOWN - 0.5]
set yrange [*:*]
set xtics font ',9' nomirror scale 0
plot LOG every ::::SHOWN - 1 using 1:4:xtic(strcol(2)) with boxes linecolor rgb vermilion notitle
unset multiplot
