#!/bin/sh
# mine.sh: can a learner's file be linked with ours? If not, says why in one sentence, before the linker does.
# usage: mine.sh SOURCE [OBJECT]     status 1 if it cannot and OBJECT was given
source=$1 object=$2
case ${LC_ALL:-${LC_MESSAGES:-$LANG}} in ko | ko[!a-zA-Z]*) ko=yes ;; *) ko= ;; esac
fault() {
    if [ "$ko" ]; then echo "$source: $2"; else echo "$source: $1"; fi
    [ -z "$object" ]
    exit
}
grep -q '[^[:space:]]' "$source" || fault 'the file is empty' '빈 파일입니다'
grep -Eq '^[[:space:]]*(int|void)[[:space:]]+main[[:space:]]*\(' "$source" &&
    fault 'it has a main of its own; take it out' 'main이 따로 있습니다. 빼십시오'
case $source in
*/timelayers.c) functions=$(sed -n 's/^[a-z].*[ *]\([a-z_]*\)(.*/\1/p' chapters/*/timelayers.h) ;;
*) functions=rnn_backward ;;
esac
for function in $functions; do
    if ! grep -Eq "(^|[^A-Za-z0-9_])$function[[:space:]]*\\(" "$source" ||
        { [ "$object" ] && command -v nm >/dev/null 2>&1 && ! nm "$object" | grep -Eq " T _?$function\$"; }; then
        fault "no function $function there; is its name misspelt, or is it static?" \
            "$function 함수가 없습니다. 이름이 다르거나 static입니까?"
    fi
done
