#!/bin/sh
# study.sh: runs the studies of the gradient checker, and checks that all compilers and flags give the same verdicts.
# usage: study.sh [MODELS]
make=${MAKE:-make} build=${BUILD:-build}
"$build/study" "$@"
status=$?
"$build/mutants" || status=1
first= same=yes
for compiler in gcc clang; do
    command -v $compiler >/dev/null 2>&1 || continue
    for level in -O0 -O3; do
        "$make" --no-print-directory CC=$compiler OPT=$level ARCH= BUILD="$build/study-$compiler$level" \
            "$build/study-$compiler$level/study" >/dev/null || exit 1
        digest=$("$build/study-$compiler$level/study" --digest 200)
        echo "verdicts on 200 networks, $compiler $level: $digest"
        first=${first:-$digest}
        [ "$digest" = "$first" ] || same=no
    done
done
[ $same = yes ] && echo "flags: the same verdicts   ok" || echo "flags: other verdicts   MISSED"
[ $same = yes ] && [ $status -eq 0 ]
