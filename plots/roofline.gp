# roofline.gp: what one core can do at most for the operations of a byte, and where the steps of chapter 14 are below it.
# Needs LOG (a table of the program roofline), OUT and PICTURE; LOG2, a table of docs/speed.sh, is docs/speed.tsv if
# not given.
load 'plots/style.gp'
if (!exists('LOG2')) LOG2 = 'docs/speed.tsv'
if (LOG2 eq '') LOG2 = 'docs/speed.tsv'
stats LOG every ::1 using 3 nooutput
peak = STATS_max
at(kib) = real(system(sprintf("awk '$1 == %d { print $2 }' %s", kib, LOG)))
small = at(128); middle = at(4096); far = at(16384)
set logscale xy
set xrange [0.05:20]
set yrange [1:2 * peak]
set xlabel '첫 캐시 밖에서 오가는 1바이트마다의 연산 수'
set ylabel '초당 연산 수(십억)'
set key bottom right
low(a, b) = a < b ? a : b
plot low(peak, small * x) linecolor rgb black linewidth 2 title '128 KiB까지', \
     low(peak, middle * x) linecolor rgb black dashtype 2 title '4 MiB까지', \
     low(peak, far * x) linecolor rgb black dashtype 3 title '16 MiB', \
     LOG2 every 2::3 using 5:4 with linespoints pointtype 7 linecolor rgb blue title '단계(double)', \
     LOG2 every ::3::3 using 5:4:(stringcolumn(1)) with labels center offset 0,-1 font ',9' noenhanced notitle, \
     LOG2 every 2::5::7 using 5:4:(stringcolumn(1)) with labels left offset 1,-0.5 font ',9' noenhanced notitle, \
     LOG2 every ::9::9 using 5:4:(stringcolumn(1)) with labels left offset 1,0.5 font ',9' noenhanced notitle
