#!/bin/sh
# of-program.sh: draws the picture of one program after a run that wrote a new log. Without gnuplot it says so; that is
# not an error.
# usage: of-program.sh PROGRAM BUILD
script=plots/$1.gp
[ -f "$script" ] && [ -f "$2/$1.tsv" ] || exit 0
[ "$2/plots/$1.svg" -nt "$2/$1.tsv" ] && [ "$2/plots/$1.svg" -nt "$script" ] && exit 0
if ! command -v gnuplot >/dev/null 2>&1; then
    echo "no picture: gnuplot is not installed (make deps)" >&2
    exit 0
fi
mkdir -p "$2/plots"
for out in png svg; do
    # Its warnings, of a curve without points, say nothing to who only ran the program.
    said=$(gnuplot -e "OUT='$out'; LOG='$2/$1.tsv'; PICTURE='$2/plots/$1.$out'" "$script" 2>&1) && continue
    echo "$said" >&2
    exit 1
done
echo "plot: $2/plots/$1.png, $2/plots/$1.svg" >&2
