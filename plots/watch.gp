# watch.gp: plots the second and third columns of a log against the first. Needs LOG and TERMINAL; for 'dumb', also ROWS
# and COLUMNS.
set datafile separator tab
set datafile missing 'nan'
set key autotitle columnhead noenhanced
set xlabel 'iteration' noenhanced
set border 3
set tics out nomirror
every_ = 1
if (TERMINAL eq 'dumb') {
    set terminal dumb size COLUMNS, ROWS mono
    stats LOG every ::1 using 1 nooutput
    every_ = int(STATS_records / (3 * COLUMNS)) + 1
    plot LOG every every_ using 1:3 with lines title columnhead(3)
} else {
    set terminal @TERMINAL title LOG
    while (1) {
        plot LOG using 1:2 with dots title columnhead(2), LOG using 1:3 with lines linewidth 2 title columnhead(3)
        pause 1
    }
}
