"""mutants.py: writes random mutants of our backward passes as C functions, those that compile. For `make study`.

usage: mutants.py COUNT SEED FILE COMPILER FLAG...

A mutant differs from backward.c or written_out.c in one place: a statement is deleted, doubled or moved, or an
operator, an index, a bound or an operand is another. The same seed gives the same mutants.
"""
import pathlib
import random
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ("chapters/04-bptt/backward.c", "tests/study/written_out.c")
HEAD = "(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)"

# What may stand in the place of what, in any line.
SWAPS = (
    (r"\+=", ("=", "-=")), (r"-=", ("=", "+=")), (r"(?<![-+*/<>=!])= ", ("+= ", "-= ")),
    (r" \* ", (" + ", " / ")), (r" - ", (" + ",)), (r" \+ ", (" - ", " * ")),
    (r" < ", (" <= ",)), (r" >= ", (" > ",)), (r"--", ("++",)),
    (r"\[t\]", ("[t - 1]", "[t + 1]", "[0]")), (r"\[t - 1\]", ("[t]", "[t + 1]", "[0]")),
    (r"\[i\]", ("[0]", "[H - 1 - i]")), (r"\[j\]", ("[i]", "[0]")), (r"\[k\]", ("[0]", "[V - 1 - k]")),
    (r"k \* H \+ i", ("i * V + k", "k * V + i")), (r"i \* H \+ j", ("j * H + i",)), (r"i \* V", ("i * H",)),
    (r"T - 1", ("T - 2", "T")), (r"= 0;", ("= 1;",)), (r"\bH\b", ("V",)), (r"\bV\b", ("H",)), (r"-= 1", ("-= 2",)),
    (r"\bdhraw\b", ("dh", "dhnext")), (r"\bdh\b", ("dhraw", "dhnext")), (r"\bdhnext\b", ("dh", "dhraw")),
    (r"\bdy\b", ("dh",)), (r"\bnet->", ("d->",)), (r"\bd->", ("net->",)), (r"->Why\b", ("->Whh", "->Wxh")),
    (r"->Whh\b", ("->Why", "->Wxh")), (r"->bh\b", ("->by",)), (r"->by\b", ("->bh",)), (r"\bps\b", ("ys",)),
    (r"\btargets\b", ("tr->xs",)), (r"tr->xs\b", ("targets",)), (r"\bbefore\b", ("h",)), (r"\bh\b", ("before",)),
)
TOUCHED = (r"d->(W\w\w|b\w)", r"mat_\w+\((\w+),",
           r"(dy|dhraw|dhnext|dh)(?:->v)?\[[^=]*\]+ [-+]?=", r"(dy|dhraw|dhnext|dh) =")


def body_of(path):
    text = re.sub(r"/\*.*?\*/", "", (TOP / path).read_text(encoding="utf-8"), flags=re.S)
    return [line.rstrip() for line in text[text.index(HEAD) + len(HEAD):].strip().split("\n")[1:-1] if line.strip()]


def touched(line):
    """What the line computes: dWhh, dh, ...; the loop over time; or nothing of these."""
    if "int t =" in line:
        return "loop"
    for pattern in TOUCHED:
        found = re.search(pattern, line)
        if found:
            return ("d" if pattern.startswith("d->") else "") + found[1]
    return ""


def places(lines):
    """All mutants: what is done, to which line, and the lines after it."""
    for n, line in enumerate(lines):
        for pattern, others in SWAPS:
            for found in re.finditer(pattern, line):
                for other in others:
                    changed = line[:found.start()] + other + line[found.end():]
                    yield f"{found[0].strip()} is {other.strip()}", n, lines[:n] + [changed] + lines[n + 1:]
        if line.endswith(";") and not re.match(r"\s*(const|mat|real) ", line):
            whole = 2 if n and lines[n - 1].endswith(")") else 1  # with the loop around it
            first, rest = n - whole + 1, lines[n + 1:]
            statement = lines[first:n + 1]
            yield "deleted", n, lines[:first] + rest
            yield "doubled", n, lines[:first] + statement + statement + rest
            for to in range(len(lines)):
                other = lines[:first] + rest
                if to != first and to <= len(other) and not (to and other[to - 1].endswith(")")):
                    yield f"moved to line {to}", n, other[:to] + statement + other[to:]


def function(number, lines):
    return f"static void mutant_{number}{HEAD}\n{{\n" + "\n".join(lines) + "\n}\n"


def compiled(chosen, command):
    """Those that compile, found with all in one file: an error's line tells which does not."""
    while True:
        text, owner = '#include "backward.h"\n', [None]
        for number, (_, _, lines) in enumerate(chosen):
            part = function(number, lines)
            text += part
            owner += [number] * part.count("\n")
        run = subprocess.run([*command, "-w", "-fsyntax-only", "-x", "c", "-"], input=text, text=True,
                             capture_output=True, check=False)
        bad = {owner[int(n) - 1] for n in re.findall(r"<stdin>:(\d+):\d+: (?:fatal )?error", run.stderr)}
        if not bad:
            return chosen
        chosen = [c for number, c in enumerate(chosen) if number not in bad]


def main():
    count, seed, file, command = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
    draws, mutants = random.Random(seed), []
    for path in SOURCES:
        lines = body_of(path)
        every = list(places(lines))
        draws.shuffle(every)
        for what, n, changed in compiled(every[:count], command)[:count // len(SOURCES)]:
            mutants.append((f"{pathlib.Path(path).name}: {lines[n].strip()}: {what}", touched(lines[n]), changed))
    with open(file, "w", encoding="utf-8") as out:
        out.write("/* Written by mutants.py. */\n#pragma GCC system_header\n")
        for number, (_, _, changed) in enumerate(mutants):
            out.write(function(number, changed))
        out.write("static const struct {\n    const char *what, *touches;\n    contract_pass *pass;\n} mutants[] = {\n")
        for number, (what, quantity, _) in enumerate(mutants):
            out.write(f'    {{"{what}", "{quantity}", mutant_{number}}},\n')
        out.write("};\n")


main()
