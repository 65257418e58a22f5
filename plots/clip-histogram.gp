# clip-histogram.gp: how large the gradients are and how few are clipped. Needs LOG, OUT and PICTURE (see all.sh).
load 'plots/style.gp'
set style fill solid 0.85 border rgb 'white'
set logscale y
set yrange [0.5:5000]
set xrange [-15:5]
set xlabel '기울기의 가장 큰 |원소|'
set ylabel '기울기의 개수'
set xtics ('2^{-14}' -14, '2^{-12}' -12, '2^{-10}' -10, '2^{-8}' -8, '2^{-6}' -6, '2^{-4}' -4, '1/4' -2, '1' 0, '4' 2, '16' 4)
set arrow 1 from 0, 0.5 to 0, 5000 nohead linecolor rgb black dashtype 3
set label 1 '여기서부터 자릅니다' at 0.2, 3000
set key off
bin(to) = log(to) / log(2) - 0.5
plot LOG every ::1 using (bin($2)):3:(1.0) with boxes linecolor rgb blue, \
     LOG every ::1 using (bin($2)):($1 >= 1 ? $3 : NaN):(1.0) with boxes linecolor rgb vermilion
