# temperature.gp: the probabilities after "vecto" at four temperatures. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set style data histograms
set style histogram clustered gap 1
set style fill solid 0.85 border rgb 'white'
set boxwidth 0.95
set xlabel '"vecto" 다음에 올 문자'
set ylabel '확률'
set yrange [0:1.05]
set key top left
set xtics noenhanced scale 0
name(c) = strstrt('abcdefghijklmnopqrstuvwxyz', c) ? c : '줄 끝'
plot for [k = 4:7] LOG every ::1 using k:xtic(name(strcol(1))) linecolor rgb word(blue.' '.green.' '.orange.' '.vermilion, k - 3) \
    title '온도 '.word('0.5 1 2 5', k - 3)
