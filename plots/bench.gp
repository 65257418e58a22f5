# bench.gp: speed over NumPy's and PyTorch's, for each row of the benchmark's table. Needs LOG, OUT and PICTURE.
load 'plots/style.gp'
set datafile missing '-'
set style data histograms
set style histogram clustered gap 1
set style fill solid 0.9 noborder
set boxwidth 0.9
set xtics rotate by -50 font ',6' noenhanced
set bmargin 8
set rmargin 8
set ylabel '몇 배'
set yrange [0:*]
set key top right
set arrow from graph 0, first 1 to graph 1, first 1 nohead linecolor rgb black dashtype 2
plot LOG every ::1 using 7:xtic(stringcolumn(1).', '.stringcolumn(2)) linecolor rgb blue title '/ NumPy', \
     LOG every ::1 using 8 linecolor rgb vermilion title '/ PyTorch'
