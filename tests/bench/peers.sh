# peers.sh: the environment in which this is compared with NumPy and PyTorch: read by bench.sh and by docs/speed.sh.
# Sets numpy and torch to a Python that has them, or leaves them empty.
# shellcheck shell=sh disable=SC2034
export OPENBLAS_NUM_THREADS=1 LC_ALL=C
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE # its kernels for this processor
# NumPy and PyTorch make arrays anew all the time. They keep the memory: to get pages takes a virtual machine long.
export MALLOC_MMAP_THRESHOLD_=1000000000 MALLOC_TRIM_THRESHOLD_=2000000000
numpy='' torch=''
for module in numpy torch; do
    for p in python3 /usr/bin/python3; do
        eval "[ -n \"\$$module\" ]" || ! "$p" -c "import $module" 2>/dev/null || eval "$module=$p"
    done
done
median() { sort -n | awk '{ x[NR] = $1 } END { print NR ? x[int((NR + 1) / 2)] : "-" }'; }
