#!/bin/sh
# names.sh: what a command line of make gives as a name stays a name: a folder of any name is built, or refused in one
# line, and nothing in a name is run by make or the shell.
make=${MAKE:-make} build=${BUILD:-build}/names
passed=0 failed=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    echo "FAILED: $*"
    tail -n 3 "$tmp/err"
}
run() { MAKEFLAGS= LC_ALL=C "$make" --no-print-directory BUILD="$build" "$@" > "$tmp/out" 2> "$tmp/err"; }
# no name ran a command
unharmed() { if [ -e "$tmp/ran" ] || [ -e ran ]; then rm -f ran "$tmp/ran"; bad "ran a command: $1"; else good; fi; }
refuses() {
    if run "$1" check-derived; then bad "took $1"
    elif [ "$(wc -l < "$tmp/err")" -eq 1 ] && grep -qF -e "$2" "$tmp/err"; then good
    else bad "does not say '$2' of $1"
    fi
    unharmed "$1"
}

for name in "it's" 'a"b' -x a:b "a\$b" 'a\b' 'a b' '*' '숙제' 'a#b' 'a%b' "a;touch ran" "\$(shell touch ran)" \
    "\$(touch ran)" "\`touch ran\`" 'a&b' 'a=b' 'a(b' '~' 'a,b'; do
    mkdir -p "$tmp/$name"
    cp chapters/04-bptt/backward.c "$tmp/$name/"
    if run MINE="$tmp/$name" "$build/mine/check-gradients-4"; then good; else bad "MINE=$name does not build"; fi
    unharmed "$name"
done
mkdir "$tmp/files"
cp chapters/04-bptt/backward.c "$tmp/files/back ward;touch ran.c"
refuses MINE="$tmp/files" 'a name that none of ours can have'
line='a
b'
refuses MINE="$line" 'MINE=a?b: give a folder without a line break'
refuses MINE="$(printf 'no\033[31m')" 'MINE=no?[31m: no such folder'
refuses MINE="no\$(shell touch ran)" 'no such folder'
refuses BUILD='a b' 'BUILD=a b: give a folder'
refuses BUILD="b;touch ran" 'give a folder'
for folder in . .. common chapters/ ./build/../tests "$tmp" Makefile; do
    refuses BUILD="$folder" 'there are other files in it'
done
refuses CHAPTER="4;touch ran" 'give the number of a chapter'
refuses CHAPTER='3 4' 'give the number of a chapter'
refuses REAL="double;touch ran" 'give double or float'
refuses ARCH="native;touch ran" 'give a processor'
for given in FILE DIR OUT SEED AXES ASSIGNMENT JOBS LOG; do
    run "$given=\$(shell touch ran)';touch ran" check-derived || bad "$given"
    unharmed "$given"
done

# The whole repository in a folder of any name.
odd="$tmp/a b'c 숙제;touch ran"
mkdir -p "$odd"
mkdir "$odd/docs" && cp -R docs/live "$odd/docs" && cp -R Makefile common chapters tests "$odd/"
if (cd "$odd" && run BUILD=build ARCH= OPT=-O0 build/vocab && build/vocab --text a >/dev/null)
then good; else bad 'the repository in a folder of an odd name'; fi
unharmed 'the folder of the repository'
echo "names: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
