#!/bin/sh
# fault.sh: let every system call on a file and every allocation of the three trainers fail, one at a time, and let the
# disk be full from every write on. Whatever fails: no crash; either all is well, or there is one line on stderr and a
# status that is not 0; and the checkpoint is the old one or a new one, whole: of the last
# iteration, or of the one at which the log failed. FEW=yes: every seventh only.
# usage: fault.sh      (after: make min-char-rnn rnnlm char-rnn)
export LC_ALL=C
build=$(cd "${BUILD:-build}" && pwd) here=$(pwd) step=${FEW:+7}
d=$build/fault passed=0 failed=0
rm -rf "$d"
mkdir -p "$d/run"
case $(uname -sm) in 'Linux x86_64') ;; *) echo "fault: 0 passed, 0 failed: needs Linux on x86-64"; exit 0 ;; esac
${CC:-cc} -O1 -Wall -Wextra -o "$d/fault" tests/fault/fault.c &&
    ${CC:-cc} -O1 -Wall -Wextra -shared -fPIC -o "$d/memory.so" tests/fault/memory.c || exit 1
head -n 12 "$here/chapters/08-min-char-rnn/texts/sokdam.txt" > "$d/text"
head -n 40 "$here/chapters/10-rnnlm/texts/declaration_words.txt" > "$d/words"
cd "$d/run" || exit 1
chars='--hidden 3 --seq-length 5 --sample-every 2 --sample-length 9'
words='--hidden 3 --wordvec 3 --batch 2 --time 3'
gates='--hidden 3 --embed 3 --layers 2 --batch 2 --seq-length 5 --test-every 2'

fail() {
    echo "FAILED: $name, $1 $2: $3: $(head -n 1 ../told)"
    sed 's/^/        /' ../err
    failed=$((failed + 1))
}

# once HOW N COMMAND...: run it with the N-th fault; returns 1 if it had fewer calls.
once() {
    how=$1 n=$2
    shift 2
    rm -rf ./* ../told
    cp ../before/* . 2>/dev/null
    : > ../told
    if [ "$how" = memory ]; then
        LD_PRELOAD=$d/memory.so FAULT_MEMORY=$n FAULT_TOLD=$d/told "$@" > ../out 2> ../err
    else
        ../fault "$n" "$how" ../told "$@" > out 2> ../err
    fi
    status=$?
    [ -s ../told ] || return 1
    lines=$(wc -l < ../err)
    if [ "$status" -ge 128 ]; then
        fail "$how" "$n" "status $status"
    elif [ "$status" -eq 0 ] && [ "$lines" -gt 0 ]; then
        fail "$how" "$n" "status 0, but a line on stderr"
    elif [ "$status" -eq 0 ] && ! same_files; then
        fail "$how" "$n" "status 0, but other files"
    elif [ "$status" -ne 0 ] && { [ "$lines" -ne 1 ] || ! grep -q "^${program##*/}[: ]" ../err; }; then
        fail "$how" "$n" "status $status and not one line on stderr"
    elif ! is_whole c.npy || ! is_whole c-best.npy; then
        fail "$how" "$n" "a checkpoint is neither the old one nor a whole new one, or is gone"
    elif { [ -e c.npy.part ] || [ -e c-best.npy.part ]; } && ! grep -q unlink ../told; then
        fail "$how" "$n" "a temporary file is left"
    else
        passed=$((passed + 1))
    fi
}

# is_whole FILE: a checkpoint that was there still is, or a new one that can be read
is_whole() {
    if [ ! -e "$1" ]; then [ ! -e ../before/"$1" ]; else
        cmp -s "$1" ../before/"$1" || cmp -s "$1" ../after/"$1" || "$program" sample "$1" --length 1 > /dev/null 2>&1
    fi
}

same_files() {
    for file in c.npy c-best.npy log samples; do
        [ ! -e ../after/$file ] || cmp -s $file ../after/$file || return 1
    done
}

# every NAME COMMAND...: all its faults, from the files in ../before on
every() {
    name=$1 program=$2
    shift
    rm -rf ./* ../after
    cp ../before/* . 2>/dev/null
    "$@" > ../out 2> ../err || { fail no fault "it fails without"; return; }
    cp -r . ../after
    for how in once on memory; do
        n=1
        while once "$how" "$n" "$@"; do n=$((n + ${step:-1})); done
        echo "    $name, $how: $n"
    done
}

for kind in chars words gates; do
    rm -rf ../before
    mkdir ../before
    cp ../text ../words ../before
    case $kind in
    chars) program=$build/min-char-rnn text=text more='--samples samples' count=--iterations ;;
    words) program=$build/rnnlm text=words more='--words 60 --held-out 20 --no-speed' count=--epochs ;;
    gates) program=$build/char-rnn text=text more='--samples samples --sample-length 9 --no-speed' count=--iterations ;;
    esac
    eval "options=\$$kind"
    # shellcheck disable=SC2086  # words
    {
        every "train $kind" "$program" train $text $options $more --quiet $count 3 --log log --checkpoint c.npy
        cp ../after/* ../before
        every "resume $kind" "$program" train $text $more --quiet $count 6 --log log --resume c.npy --checkpoint c.npy
        every "sample $kind" "$program" sample c.npy --length 20
    }
done
cd "$here" || exit 1
echo "fault: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
