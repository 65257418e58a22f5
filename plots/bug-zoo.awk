# bug-zoo.awk: the table of bug-zoo, a column for each mistake, as rows for bug-zoo.gp, from the best to the worst.
# A row: name, loss after 20 passes, loss at the end, group (0 right, 1 learns, 2 does not, 3 worse than knowing nothing), line.
# Needs floor (the loss without memory), chance (without any knowledge), most (where nan is drawn).
function at(x) { return x == "nan" || x > most ? most : x + 0 }
NR == 1 { for (k = 3; k <= NF; k++) name[k] = $k; name[2] = "올바름"; next }
$1 == 20 { for (k = 2; k <= NF; k++) early[k] = at($k) }
{ for (k = 2; k <= NF; k++) late[k] = at($k) }
END {
    for (k = 2; k <= NF; k++) {
        for (j = k; j > 3 && late[order[j - 1]] > late[k]; j--) order[j] = order[j - 1]
        order[j] = k
    }
    for (j = 2; j <= NF; j++) {
        k = order[j]
        group = k == 2 ? 0 : late[k] < floor ? 1 : late[k] < chance ? 2 : 3
        line += group != last ? 2 : 1
        last = group
        print name[k] "\t" early[k] "\t" late[k] "\t" group "\t" (0 - line)
    }
}
