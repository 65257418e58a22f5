# scaling.gp: of how many ranks a run makes use, by the model of chapter 16. Needs LOG, a table of the program scaling,
# OUT and PICTURE; LOG2: a table for a faster network (see all.sh).
load 'plots/style.gp'
set logscale x 2
set xrange [1:1024]
set yrange [0:105]
set xlabel '랭크의 수'
set ylabel '효율(%)'
set key bottom left
if (!exists('LOG2')) LOG2 = ''
if (LOG2 eq '') {
    plot LOG every ::1 using 1:7 with linespoints pointtype 5 linewidth 2 linecolor rgb blue title '랭크마다 같은 수의 시퀀스', \
         LOG every ::1 using 1:(100 * $9 / $1) with linespoints pointtype 11 linewidth 2 linecolor rgb vermilion dashtype 4 title '모두 합해 같은 수의 시퀀스'
} else {
    plot LOG2 every ::1 using 1:7 with linespoints pointtype 7 linewidth 2 linecolor rgb green title '랭크마다 32개, 빠른 망', \
         LOG every ::1 using 1:7 with linespoints pointtype 5 linewidth 2 linecolor rgb blue dashtype 3 title '랭크마다 32개, 느린 망', \
         LOG2 every ::1 using 1:(100 * $9 / $1) with linespoints pointtype 9 linewidth 2 linecolor rgb orange dashtype 5 title '모두 1,024개, 빠른 망', \
         LOG every ::1 using 1:(100 * $9 / $1) with linespoints pointtype 11 linewidth 2 linecolor rgb vermilion dashtype 4 title '모두 1,024개, 느린 망'
}
