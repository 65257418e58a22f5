# bug-zoo.gp: the loss with each wrong backward pass and with the right one. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set datafile missing '?'
if (OUT eq 'svg') {
    set terminal svg size 1200,1100 dynamic background rgb 'white' \
        font "'Noto Sans KR','NanumGothic','Malgun Gothic',sans-serif,11"
} else {
    set terminal pngcairo size 2400,2200 fontscale 1.6 linewidth 2 font 'NanumGothic,11'
}
set output PICTURE
unset key
set logscale y
set yrange [0.001:1000]
set xtics (1, 100, 200)
set ytics (0.001, 0.1, 10, 1000)
set format y '10^{%L}'
unset grid
set title noenhanced offset 0,-0.7
floor = -(log(1.0 / 15) + 14 * log(14.0 / 15)) / 16
id(k) = system(sprintf("head -n 1 '%s' | cut -f %d", LOG, k))
set multiplot layout 8,6 margins 0.04,0.985,0.03,0.975 spacing 0.035,0.032
do for [k = 3:50] {
    set title id(k)
    set format x (k > 44 ? '%g' : '')
    plot floor with lines linecolor rgb '#909090' dashtype 3, \
         LOG every ::1 using 1:2 with lines linecolor rgb blue dashtype 2, \
         LOG every ::1 using 1:(strcol(k) eq 'nan' ? 999 : column(k)) with lines linewidth 1.5 linecolor rgb vermilion
}
unset multiplot
