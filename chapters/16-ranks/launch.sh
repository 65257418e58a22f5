#!/bin/sh
# launch.sh: runs a program as ranks on this machine, with what Open MPI asks for in special cases.
# usage: launch.sh NUMBER PROGRAM [ARGUMENT...]
number=$1
shift
case $number in
'' | 0* | *[!0-9]*)
    echo "launch.sh: $number: give the number of ranks" >&2
    exit 2
    ;;
esac
more=
# Seconds from one signal to the next, when a run is asked to end: time to save before all are killed.
export OMPI_MCA_odls_base_sigkill_timeout=3
# As root, in a container, it must be told that this is meant, and that a process may not read another's memory.
if [ "$(id -u)" -eq 0 ]; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    export OMPI_MCA_btl_vader_single_copy_mechanism=none
fi
# More ranks than cores: slow, but right.
[ "$number" -le "$(getconf _NPROCESSORS_ONLN)" ] || more=--oversubscribe
# shellcheck disable=SC2086  # none, or a word
exec mpirun -q $more -np "$number" "$@"
