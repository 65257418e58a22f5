#!/bin/sh
# layers.sh: are these time layers right? The questions about each come first; then the chapter's program checks them
# together: every gradient against differences of the loss. The last line is the verdict.
# usage: layers.sh CHECK QUESTIONS PROGRAM [OPTION...]     status 0, whatever the verdict is; else nothing was judged
check=$1 questions=$2 program=$3
shift 3
case $* in
'') ;;
'--lang ko' | '--lang=ko') LC_ALL=ko && export LC_ALL ;;
'--lang en' | '--lang=en') LC_ALL=en && export LC_ALL ;;
*)
    echo "check-gradients: $*: time layers take --lang ko or --lang en, and no other option" >&2
    exit 2
    ;;
esac
# Memory that is not set is no 0.
ASAN_OPTIONS=detect_leaks=0:color=never:malloc_fill_byte=255:max_malloc_fill_size=1048576
export ASAN_OPTIONS
told=$(mktemp -d) || exit 1
trap 'rm -rf "$told"' EXIT
mkdir "$told/answers"
"$check" "$questions" "$told/answers" verdict > "$told/rows" || [ "$?" -eq 1 ] || exit 1
verdict=$(tail -n 1 "$told/rows")
sed '$d' "$told/rows"
# Here nothing catches a crash or a loop without end.
(ulimit -t 10 && exec "$program") > "$told/table" 2> "$told/errors"
status=$?
awk '/^N = / { if (!told++) print "" } told' "$told/table"
if [ "$status" -ne 0 ]; then
    # Of a sanitizer's report, the line that says what and where.
    grep -E 'runtime error: |^SUMMARY' "$told/errors" >&2 || cat "$told/errors" >&2
    [ "$verdict" = right ] && verdict='not one of the known mistakes'
elif [ "$verdict" = right ] && ! grep -Eqx 'every element is right|모든 원소가 맞습니다' "$told/table"; then
    verdict='not one of the known mistakes'
fi
echo "$verdict"
