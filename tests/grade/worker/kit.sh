#!/bin/sh
# kit.sh: what a worker is linked from, for one assignment. usage: kit.sh KIT CALLS "FUNCTIONS" CC "FLAGS" SOURCE...
#
# KIT gets include/ (the headers), the worker's objects (the reference's, with the assigned functions hidden in them, so
# that only a student's can be linked), functions and flags. Nothing from which the answers could be had goes in: no
# library of mistakes, no check, no experiment; and the assigned functions, with what only they use, are cut out of the
# objects, as a worker can read and call whatever is in its memory.
kit=$1 calls=$2 functions=$3 cc=$4 flags=$5
shift 5
rm -rf "$kit.new"
mkdir -p "$kit.new/include" || exit 1
hide=
for function in $functions; do
    hide="$hide --localize-symbol=$function"
    echo "$function" >> "$kit.new/functions"
done
for source; do
    # shellcheck disable=SC2086  # words
    case $(basename "$source" .c) in
    file | fn | mat | require | rng | say | text | vectors | adagrad | backward | clip | rnn | sample | train | vocab | work) ;;
    *) continue ;;
    esac
    name=$(basename "$source" .c)
    # shellcheck disable=SC2086
    $cc $flags -ffunction-sections -fdata-sections -c -o "$kit.new/$name.full" "$source" &&
        objcopy $hide "$kit.new/$name.full" "$kit.new/$name.hidden" || exit 1
    kept=$(nm -g --defined-only "$kit.new/$name.hidden" | sed 's/.* /-u /')
    # shellcheck disable=SC2086
    [ -z "$kept" ] || ld -r --gc-sections $kept -o "$kit.new/$name.o" "$kit.new/$name.hidden" || exit 1
    rm "$kit.new/$name.full" "$kit.new/$name.hidden"
done
for source in tests/grade/worker/worker.c tests/grade/worker/frame.c tests/grade/worker/guard.c "tests/grade/assignments/$calls/call.c"; do
    # shellcheck disable=SC2086
    $cc $flags -c -o "$kit.new/$(basename "$source" .c).o" "$source" || exit 1
done
for source; do
    header=${source%.c}.h
    [ -f "$header" ] && cp "$header" "$kit.new/include/"
done
for folder in $(for source; do dirname "$source"; done | sort -u); do cp "$folder"/*.h "$kit.new/include/" 2>/dev/null; done
# Bytes of Korean text are negative chars on some machines and not on others: what works with texts is built both ways.
echo -fsigned-char > "$kit.new/flags"
case $calls in
vocab) printf '%s\n' -- -funsigned-char >> "$kit.new/flags" ;;
esac
chmod -R a+rX "$kit.new"
rm -rf "$kit" && mv "$kit.new" "$kit"
