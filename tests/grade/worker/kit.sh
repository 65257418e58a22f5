#!/bin/sh
# kit.sh: what a worker is linked from, for one assignment.
# usage: kit.sh KIT CALLS "FUNCTIONS" STARTER CC "FLAGS" SOURCE...
#
# KIT gets include/ (the headers), the worker's objects, functions and flags. Of the SOURCEs, the chapter's modules, the
# worker gets those that a student's file needs: the modules whose headers this chapter's starter includes, and what
# these need. Nothing from which the answers could be had goes in: no library of mistakes, no check, no experiment; and
# the assigned functions, with what only they use, are cut out of the objects, as a worker can read and call whatever is
# in its memory. So is the forward pass where the backward pass is to be written: of its differences, derivatives could
# be had. The worker's own functions have no names that a submission could call or replace.
kit=$1 calls=$2 functions=$3 starter=$4 cc=$5 flags=$6
shift 6
new=$kit.new modules=$kit.modules
rm -rf "$new" "$modules"
mkdir -p "$new/include" "$modules" || exit 1
hide='' keep=''
for function in $functions; do
    hide="$hide --localize-symbol=$function"
    keep="$keep --keep-global-symbol=$function"
    echo "$function" >> "$new/functions"
done
case $calls in
backward | fast) hide="$hide --localize-symbol=rnn_step --localize-symbol=rnn_forward" ;;
esac

# compile SOURCE OBJECT OPTIONS...
compile() {
    source=$1 object=$2
    shift 2
    # shellcheck disable=SC2086  # words
    $cc $flags "$@" -c -o "$object" "$source" || exit 1
}
mkdir "$modules/worker" || exit 1
for source in worker/worker worker/frame worker/guard "assignments/$calls/call"; do
    compile "tests/grade/$source.c" "$modules/worker/$(basename "$source").o"
done
# shellcheck disable=SC2086
ld -r -o "$new/worker.o" "$modules"/worker/*.o && objcopy --keep-global-symbol=main $keep "$new/worker.o" || exit 1
for source; do
    compile "$source" "$modules/$(basename "$source" .c).o" -ffunction-sections -fdata-sections
done
# shellcheck disable=SC2086
callable=$($cc $flags -MM "$starter" | tr -d '\\') || exit 1
roots=$(for header in $callable; do echo "$modules/$(basename "$header" .h).o"; done | sort -u)
# shellcheck disable=SC2046,SC2086
ar rc "$modules/all.a" "$modules"/*.o &&
    ld -r -o "$modules/needed" "$new"/*.o $(ls $roots 2>/dev/null) "$modules/all.a" &&
    nm -g --defined-only "$modules/needed" | sed 's/.* //' > "$modules/names" || exit 1
for object in "$modules"/*.o; do
    nm -g --defined-only "$object" | sed 's/.* //' | grep -qxF -f "$modules/names" || continue
    # shellcheck disable=SC2086
    objcopy $hide "$object" "$modules/hidden" || exit 1
    kept=$(nm -g --defined-only "$modules/hidden" | sed 's/.* /-u /')
    # shellcheck disable=SC2086
    [ -z "$kept" ] || ld -r --gc-sections $kept -o "$new/$(basename "$object")" "$modules/hidden" || exit 1
done
for source; do dirname "$source"; done | sort -u | while read -r folder; do
    cp "$folder"/*.h "$new/include/" 2>/dev/null
done
# Bytes of Korean text are negative chars on some machines and not on others: what works with texts is built both ways.
echo -fsigned-char > "$new/flags"
case $calls in
vocab) printf '%s\n' -- -funsigned-char >> "$new/flags" ;;
esac
chmod -R a+rX "$new"
rm -rf "$modules" "$kit" && mv "$new" "$kit"
