# speed.gp: characters a second of chapter 14, step by step, in double and in float. Needs LOG (docs/speed.tsv), OUT and
# PICTURE.
load 'plots/style.gp'
set style data histograms
set style histogram clustered gap 1
set style fill solid 0.9 noborder
set ylabel '초당 문자 수(천)'
set yrange [0:*]
set key top left
set xtics font ',11' noenhanced
plot LOG every 2::1 using ($3/1000):xtic(1) linecolor rgb blue title 'double', \
     LOG every 2::2 using ($3/1000) linecolor rgb vermilion title 'float'
