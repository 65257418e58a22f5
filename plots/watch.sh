#!/bin/sh
# watch.sh: plots the log of a running program, redrawn every second until Ctrl-C:
# in a window if there is a display, else as text in the terminal. usage: watch.sh LOG
# ROUNDS=n stops after n drawings (in the terminal).
log=$1
quoted=$(printf %s "$log" | sed "s/'/''/g") # as gnuplot has it
if ! command -v gnuplot >/dev/null 2>&1; then
    echo "watch: gnuplot is not installed (make deps installs it on Debian and Ubuntu)" >&2
    exit 1
fi
if [ ! -f "$log" ]; then
    echo "watch: no file $log; start a run with --log $log first, or give another: make watch LOG=file" >&2
    exit 1
fi
terminal=dumb
if [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
    for window in qt wxt x11; do
        gnuplot -e "set terminal $window" >/dev/null 2>&1 && terminal=$window && break
    done
fi
round=0
if [ "$terminal" != dumb ]; then
    exec gnuplot -e "LOG='$quoted'; TERMINAL='$terminal'" plots/watch.gp
fi
trap 'printf "\033[?25h"; exit 0' INT TERM
while [ -z "$ROUNDS" ] || [ $round -lt "$ROUNDS" ]; do
    round=$((round + 1))
    size=$(stty size 2>/dev/null </dev/tty || echo 24 80)
    picture=$(gnuplot -e "LOG='$quoted'; TERMINAL='dumb'; ROWS=$((${size% *} - 2)); \
        COLUMNS=$((${size#* } - 1))" plots/watch.gp 2>/dev/null)
    if [ -t 1 ]; then printf '\033[H\033[J'; fi
    printf '%s: %s\n%s\n' "$log" "$(tail -n 1 "$log" | cut -f 1-3 | tr '\t' ' ')" "$picture"
    [ -n "$ROUNDS" ] && [ $round -eq "$ROUNDS" ] || sleep 1
done
