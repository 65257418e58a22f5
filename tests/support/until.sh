#!/bin/sh
# until.sh: wait until a command of the shell succeeds, some 40 seconds at most. usage: until.sh COMMAND
i=0
until eval "$1" || [ $i -ge 400 ]; do
    sleep 0.1
    i=$((i + 1))
done
