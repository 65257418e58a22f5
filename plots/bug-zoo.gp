# bug-zoo.gp: the loss with each wrong backward pass and with the right one, sorted. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
if (OUT eq 'svg') {
    set terminal svg size 760,960 dynamic background rgb 'white' \
        font "'Noto Sans KR','NanumGothic','Malgun Gothic',sans-serif,12"
} else {
    set terminal pngcairo size 1520,1920 fontscale 2 linewidth 2 pointscale 2 font 'NanumGothic,9'
}
set output PICTURE
floor = -(log(1.0 / 15) + 14 * log(14.0 / 15)) / 16
chance = log(15)
most = 400
rows = sprintf("< awk -F '\t' -v floor=%g -v chance=%g -v most=%g -f plots/bug-zoo.awk '%s'", floor, chance, most, LOG)
set logscale x
set xrange [0.001:600]
set format x '10^{%L}'
set xtics (0.001, 0.01, 0.1, 1, 10, 100, 'nan' most)
set yrange [-53:1.5]
set ytics noenhanced scale 0
unset grid
set grid xtics linecolor rgb '#d8d8d8' linewidth 1
set xlabel '단어 하나의 평균 손실 (nat)'
set lmargin 24
set tmargin 5
set key above maxrows 2 enhanced
set arrow from floor, graph 0 to floor, graph 1 nohead dashtype 3 linewidth 1.5 linecolor rgb '#606060' back
set arrow from chance, graph 0 to chance, graph 1 nohead dashtype 2 linewidth 1.5 linecolor rgb '#606060' back
set label '기억 없이 0.23' at floor, 1 offset 0.3,0.2 textcolor rgb '#404040'
set label '모를 때 2.71' at chance, 1 offset 0.3,0.2 textcolor rgb '#404040'
of(group) = int(column(4)) == group ? column(3) : NaN
plot rows using 2:5:($3 - $2):(0):ytic(1) with vectors nohead linewidth 1 linecolor rgb '#a0a0a0' notitle, \
     rows using 2:5 with points pointtype 6 pointsize 0.5 linecolor rgb '#808080' title '20번 훑은 뒤', \
     rows using (of(0)):5 with points pointtype 13 pointsize 1.1 linecolor rgb blue title '올바른 역전파', \
     rows using (of(1)):5 with points pointtype 7 pointsize 0.8 linecolor rgb green title '200번 훑은 뒤: 배움', \
     rows using (of(2)):5 with points pointtype 5 pointsize 0.8 linecolor rgb orange title '못 배움', \
     rows using (of(3)):5 with points pointtype 2 pointsize 0.8 linewidth 1.5 linecolor rgb vermilion title '모를 때보다 나쁨'
