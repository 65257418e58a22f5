#!/bin/sh
# unwritten.sh: which functions of a learner's file are still as the starter left them, in a sentence.
# usage: unwritten.sh FILE...
#
# A starter's body says "(void) a, (void) b;", and decides nothing.
for file; do
    names=$(awk '
        /^[A-Za-z_].*[A-Za-z_0-9]\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name); unused = does = 0 }
        { unused += /^ +\(void\) |\{ \(void\) /; does += /^ .*(for|while|if|switch) *\(/ }
        /^}|\{.*}$/ && name != "" { if (unused && !does) print name; name = "" }' "$file" |
        paste -sd' ' - | sed 's/ /, /g')
    [ "$names" ] || continue
    case ${LC_ALL:-${LC_MESSAGES:-$LANG}} in
    ko | ko[!a-zA-Z]*) echo "  $file: 아직 쓰지 않은 함수: $names" ;;
    *) echo "  $file: not written yet: $names" ;;
    esac
done
