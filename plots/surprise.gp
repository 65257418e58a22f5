# surprise.gp: where is the network surprised? The table of `char-rnn score --table`, its first symbols: a bar for each.
# Needs LOG (the table), OUT and PICTURE (see of-program.sh).
load 'plots/style.gp'
if (!exists("SHOWN")) SHOWN = 80
set xlabel '글'
set ylabel '값 (nat)'
set style fill solid 0.6 noborder
set boxwidth 0.8
set xrange [0.5:SHOWN + 0.5]
set yrange [0:*]
set xtics font ',9' nomirror scale 0
set datafile missing 'nan'
plot LOG every ::2::SHOWN + 1 using 1:3:xtic(strcol(2)) with boxes linecolor rgb blue notitle
