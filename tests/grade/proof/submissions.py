#!/usr/bin/env python3
"""submissions.py: grades the grader, with submissions whose grade is known.

    submissions.py [--kit DIR] [--jobs N] [--only PATTERN] [--seconds S] [--quick]

submissions/hostile/ holds files that want what they have not earned, or break things; submissions/right/ holds files
that are right and written otherwise than the reference. The first line of each tells what must come of it:

    /* assignment: bptt; expect: crash,timeout; points: 0 */

assignment: the chapter's name; expect: the statuses that may occur, those of its rows or of the whole file; points: a
number, or a range a-b where machines differ. The chapters' own files and their starters are graded, too, and a few
files that are made here, some of them the chapters' own with one thing changed. Each grade must be whole and as
schema.json says, come in time, and leave nothing behind: no process, no file. All of it runs in each sandbox mode that
works here, and for root also as an ordinary user; --quick: once.
"""
import argparse
import ctypes
import csv
import dataclasses
import fcntl
import fnmatch
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
REPORT = HERE.parent / "report"
sys.path.insert(0, str(REPORT))

import formats
import grade

CANARY = pathlib.Path("/tmp/hostile-canary")  # the hostile files know this name
NOBODY = 65534
STARTERS = {"bptt": 37, "hangul": 20}  # what a starter earns; 0 where nothing is said
UNFINISHED = {"passed", "failed", "not_implemented", "crash", "invalid_answer"}  # the statuses of a starter's rows
SUBREAPER = 36  # prctl's PR_SET_CHILD_SUBREAPER


@dataclasses.dataclass
class Case:
    """A file, and what must come of it."""

    name: str
    path: pathlib.Path
    chapter: str
    statuses: set
    least: int
    most: int
    exit: int = 0


# ---- what is graded ----


def cases_of_folder(folder):
    found = []
    for path in sorted(folder.glob("*.c")):
        first = path.read_bytes().split(b"\n", 1)[0].decode("utf-8", errors="replace")
        told = re.search(r"/\* assignment: ([a-z-]+); expect: ([a-z_,]+); points: (\d+)(?:-(\d+))? \*/", first)
        if not told:
            raise SystemExit(f"submissions: {path.name}: its first line does not tell what must come of it")
        chapter, statuses, least, most = told.groups()
        found.append(Case(f"{folder.name}/{path.name}", path, chapter, set(statuses.split(",")), int(least),
                          int(most or least)))
    return found


def cases_of_chapters(plan):
    found = []
    for chapter in plan:
        folder = next(grade.TOP.glob(f"chapters/*-{chapter}"))
        for path in sorted(folder.glob("starter/*.c")):
            points = STARTERS.get(chapter, 0)
            found.append(Case(f"{chapter}/reference", folder / path.name, chapter, {"passed"}, 100, 100))
            found.append(Case(f"{chapter}/starter", path, chapter, UNFINISHED, points, points))
    return found


def cases_made(folder):
    """Files that cannot be kept as they are."""
    reference = next(grade.TOP.glob("chapters/*-bptt")) / "backward.c"
    large, sparse, link, nul, pipe = (folder / f"{name}.c" for name in ("large", "sparse", "link", "nul", "pipe"))
    large.write_text(reference.read_text(encoding="utf-8") + "/* " + "x" * (2 << 20) + " */\n", encoding="utf-8")
    with open(sparse, "wb") as file:
        file.truncate(1 << 36)
    link.symlink_to(reference)
    nul.write_bytes(reference.read_bytes() + b"/* \0\0\0 */\n")
    os.mkfifo(pipe, 0o644)
    strange = folder / 'na"me <&> $(touch x) 한글\n.c'
    shutil.copy(reference, strange)
    compile_error = {"compile_error"}
    return [
        Case("made/large", large, "bptt", compile_error, 0, 0),
        Case("made/sparse", sparse, "bptt", compile_error, 0, 0),
        Case("made/link", link, "bptt", compile_error, 0, 0),
        Case("made/nul", nul, "bptt", {"passed"}, 100, 100),
        Case("made/strange-name", strange, "bptt", {"passed"}, 100, 100),
        Case("made/pipe", pipe, "bptt", set(), 0, 0, exit=2),
        Case("made/folder", folder, "bptt", set(), 0, 0, exit=2),
        Case("made/missing", folder / "missing.c", "bptt", set(), 0, 0, exit=2),
    ]


# The references with one thing changed: name, chapter, statuses, points, what is there, what stands in its place.
EDITED = [
    ("padding-left-alone", "fast", {"passed"}, 100, "mat_dtanh(s->dhraw[t], s->hs[t], s->dh[t]);",
     """for (int i = 0; i < s->hs[t]->rows; i++)
            for (int j = 0; j < r->o.hidden; j++) {
                const real h = s->hs[t]->v[i * r->HP + j];
                s->dhraw[t]->v[i * r->HP + j] = (1 - h * h) * s->dh[t]->v[i * r->HP + j];
            }"""),
    ("zeroed-at-first-only", "fast", {"passed", "failed"}, 96, "mat_zero(s->dh[t]);",
     "static int zeroed;\n        if (zeroed++ < 9) mat_zero(s->dh[t]);"),
    ("norm-of-all-calls", "clip", {"passed", "failed"}, 95, "double squares = 0;", "static double squares;"),
    ("state-of-all-layers", "lstm", {"passed", "failed"}, 96, "if (l->has_state) {",
     "static const timelstm *first;\n    if (!first) first = l;\n    if (first->has_state) {"),
    ("gates-not-kept", "lstm", {"passed", "failed", "not_implemented"}, 96, "l->has_state = l->stateful;",
     "l->has_state = l->stateful;\n    for (int t = 0; t < T; t++) mat_zero(l->as[t]);"),
    ("dc-not-begun", "lstm", {"passed", "failed"}, 70, "mat_zero(l->dc);", ""),
    ("dc-of-the-last-call", "lstm", {"passed", "failed", "crash"}, 96, "mat_zero(l->dc);",
     "static mat *last;\n    if (last) mat_copy(l->dc, last);\n    else mat_zero(l->dc);\n    last = l->dc;"),
    ("dh-of-the-last-call", "gru", {"passed", "failed", "crash"}, 96, "mat_zero(l->dh);",
     "static mat *last;\n    if (last) mat_copy(l->dh, last);\n    else mat_zero(l->dh);\n    last = l->dh;"),
    ("hprev-changed", "gru", {"passed", "failed"}, 84, "h[j] = (1 - z[j]) * hprev[j] + z[j] * c[j];",
     "h[j] = (1 - z[j]) * hprev[j] + z[j] * c[j];\n        s->hprev->v[n * H] = 0;"),
    ("first-weights", "time-layers", {"passed", "failed", "crash"}, 90, "mats_add_abt(mats_zero(dhs, T), dys, T, W);",
     "static const mat *first;\n    if (!first) first = W;\n    mats_add_abt(mats_zero(dhs, T), dys, T, first);"),
    ("sums-of-the-last-call", "time-layers", {"passed", "failed"}, 94, "const int D = dW->cols;",
     "const int D = dW->cols;\n    static real last;\n    dW->v[0] += last;\n    last = dxs[0]->v[0];"),
]


def cases_edited(folder):
    """The references with one thing changed."""
    found = []
    for name, chapter, statuses, points, there, instead in EDITED:
        starter = next(grade.TOP.glob(f"chapters/*-{chapter}/starter/*.c"))
        text = (starter.parent.parent / starter.name).read_text(encoding="utf-8")
        if there not in text:
            raise SystemExit(f"submissions: {starter.name} has no longer: {there}")
        path = folder / f"{chapter}-{name}.c"
        path.write_text(text.replace(there, instead), encoding="utf-8")
        found.append(Case(f"edited/{path.name}", path, chapter, statuses, points, points))
    return found


# ---- JSON against its schema ----


def schema_errors(value, schema, top, at="grade.json"):
    """What jsonschema says where it is installed, else what the part of draft 7 says that schema.json uses."""
    try:
        import jsonschema
    except ImportError:
        return own_schema_errors(value, schema, top, at)
    errors = jsonschema.Draft7Validator(schema).iter_errors(value)
    return [f"{'.'.join(map(str, e.absolute_path))}: {e.message}" for e in errors]


TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int,
         "number": (int, float)}


def own_schema_errors(value, schema, top, at):
    if "$ref" in schema:
        return own_schema_errors(value, top["definitions"][schema["$ref"].rsplit("/", 1)[1]], top, at)
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    of = [n for n in names if isinstance(value, TYPES[n]) and (n == "boolean" or not isinstance(value, bool))]
    if names and not of:
        return [f"{at}: not of type {names}"]
    found = []
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is not allowed")
    if isinstance(value, str) and (not re.search(schema.get("pattern", ""), value)
                                   or len(value) > schema.get("maxLength", len(value))):
        found.append(f"{at}: a string that is not allowed")
    if isinstance(value, (int, float)) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        found.append(f"{at}: {value} is out of range")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [f"{at}: {name} is missing" for name in schema.get("required", []) if name not in value]
        for name, one in value.items():
            if name in known:
                found += own_schema_errors(one, known[name], top, f"{at}.{name}")
            elif schema.get("additionalProperties") is False:
                found.append(f"{at}: {name} is not known")
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            found.append(f"{at}: too short")
        for k, one in enumerate(value):
            found += own_schema_errors(one, schema.get("items", {}), top, f"{at}[{k}]")
    return found


# ---- one grade ----


class Pass:
    """All cases once, in one sandbox mode, as one user."""

    def __init__(self, given, plan, mode, nobody):
        self.given, self.plan, self.mode, self.nobody = given, plan, mode, nobody
        self.schema = json.loads((REPORT / "schema.json").read_text(encoding="utf-8"))
        self.numbers = {path.name[3:]: int(path.name[:2]) for path in grade.TOP.glob("chapters/??-*")}
        self.running, self.lock = set(), threading.Lock()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="submissions-"))
        self.temporary, self.out, self.made = (self.folder / name for name in ("temporary", "out", "made"))
        for folder in (self.folder, self.temporary, self.out, self.made):
            folder.mkdir(exist_ok=True)
            os.chmod(folder, 0o777 if nobody and folder != self.folder else 0o755)
        self.python = sys.executable
        self.before = []
        if nobody:
            self.before = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            probe = subprocess.run([*self.before, self.python, "-c", ""], stderr=subprocess.DEVNULL, check=False)
            if probe.returncode != 0:
                self.python = "/usr/bin/python3"

    def close(self):
        shutil.rmtree(self.folder)

    def run(self, case, *options):
        """(exit status, seconds, folder of the results, what was said on stderr, processes that were left)."""
        out = self.out / re.sub(r"[^A-Za-z0-9.-]", "_", case.name)
        environment = os.environ | {"TMPDIR": str(self.temporary), "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
                                    "PYTHONDONTWRITEBYTECODE": "1"}
        environment.pop("GRADE_SANDBOX", None)
        if self.mode:
            environment["GRADE_SANDBOX"] = self.mode
        words = [*self.before, self.python, REPORT / "grade.py", "--kit", self.given.kit,
                 "--assignment", str(self.numbers[case.chapter]), "--out", out, *options, case.path]
        start = time.monotonic()
        with self.lock:
            ran = subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, cwd=self.out)
            self.running.add(ran.pid)
        table, said = ran.communicate()
        seconds = time.monotonic() - start
        with self.lock:
            self.running.discard(ran.pid)
            left = [p for p in children() if p not in self.running]
        return ran.returncode, seconds, out, table, said.decode(errors="replace"), left

    def check(self, case):
        """(what is wrong, seconds)."""
        status, seconds, out, table, said, left = self.run(case)
        wrong = []
        if status != case.exit:
            wrong.append(f"exit status {status}: {said.strip()[-300:]}")
        if left:
            wrong.append(f"left running: {[name_of(p) for p in left]}")
        busy = max(1, *os.getloadavg()[:2]) / len(os.sched_getaffinity(0))  # by others, too
        if seconds > self.given.seconds * max(1, busy) * 2:
            wrong.append(f"took {seconds:.1f} s")
        if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", table) or re.search(rb"^\s*::", table, re.MULTILINE):
            wrong.append("the table has control characters or commands of CI systems in it")
        if case.exit == 0:
            wrong += self.check_report(case, out / "grade.json")
        return wrong, seconds

    def check_report(self, case, path):
        try:
            report = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as failure:
            return [f"grade.json: {failure}"]
        wrong = schema_errors(report, self.schema, self.schema)[:3]
        if wrong:
            return wrong
        rows, tests = self.plan[case.chapter]["rows"], report["tests"]
        if [(t["id"], t["max_points"]) for t in tests] != [(f"{case.chapter}.{row[0]}", row[1]) for row in rows]:
            wrong.append("its rows are not the manifest's")
        earned = [t["max_points"] if t["status"] == "passed" else 0 for t in tests]
        if [t["points"] for t in tests] != earned or report["score"] != sum(earned):
            wrong.append("its points are not those of its rows")
        if self.mode and report["sandbox"]["mode"] != self.mode:
            wrong.append(f"sandbox {report['sandbox']['mode']}")
        found = {t["status"] for t in tests} if report["status"] == "graded" else {report["status"]}
        if not case.least <= report["score"] <= case.most or not found <= case.statuses:
            wanted = f"{case.least}-{case.most}" if case.most > case.least else case.least
            wrong.append(f"{report['score']} points ({', '.join(sorted(found))}), "
                         f"not {wanted} ({', '.join(sorted(case.statuses))})")
        return wrong


def children():
    """Processes that are ours, or became ours when their parents ended."""
    found = []
    for task in pathlib.Path("/proc/self/task").iterdir():
        try:
            found += map(int, (task / "children").read_text().split())
        except OSError:
            pass
    return found


def name_of(process):
    try:
        return pathlib.Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return str(process)


# ---- the other formats ----


def tap_errors(text, rows):
    """A strict reader of TAP 14: version, plan, test points in their order, YAML blocks."""
    lines = text.split("\n")
    if lines[:2] != ["TAP version 14", f"1..{len(rows)}"] or lines.pop() != "":
        return ["no version, no plan or no last newline"]
    number, k, wrong = 0, 2, []
    while k < len(lines) and lines[k].startswith("# "):  # what the compiler said
        k += 1
    while k < len(lines):
        point = re.fullmatch(r"(not )?ok (\d+) - ((?:[^\\#]|\\[\\#])+)", lines[k])
        number += 1
        if not point or int(point[2]) != number or number > len(rows):
            return [f"line {k + 1}: {lines[k]!r}"]
        if bool(point[1]) == (rows[number - 1]["status"] == "passed"):
            return [f"line {k + 1}: {lines[k]!r}"]
        k += 1
        if k < len(lines) and lines[k] == "  ---":
            while (k := k + 1) < len(lines) and lines[k] != "  ...":
                pair = re.fullmatch(r"  ([a-z_]+): (\S.*)", lines[k])
                if not pair or pair[2][0] == '"' and not isinstance(json.loads(pair[2]), str):
                    wrong.append(f"line {k + 1}: {lines[k]!r}")
            k += 1
    return wrong + ([] if number == len(rows) and k == len(lines) else ["too few test points"])


def junit_errors(text, report):
    suites = xml.etree.ElementTree.fromstring(text)
    tests = suites.findall("./testsuite/testcase")
    told = [int(suites.get(name)) for name in ("tests", "failures", "errors")]
    counted = [len(tests), len(suites.findall(".//failure")), len(suites.findall(".//error"))]
    passed = [t.get("name") for t in tests if len(t) == 0]
    earned = [t["id"] for t in report["tests"] if t["status"] == "passed"]
    wrong = [] if told == counted else [f"says {told}, has {counted}"]
    if passed != earned or not all(t.get("classname") for t in tests):
        wrong.append("not its rows")
    return wrong


def fields_errors(made, needed, rows):
    """Required fields with their types, of the whole and of each test."""
    wrong = [name for name, kind in needed.items() if not isinstance(made.get(name), kind)]
    return wrong + [name for test in made["tests"] for name, kind in rows.items()
                    if not isinstance(test.get(name), kind)]


NUMBER = (int, float)
FIELDS = (  # that Gradescope needs of the whole and of each test
    {"score": NUMBER, "execution_time": NUMBER, "output": str, "visibility": str, "stdout_visibility": str,
     "extra_data": dict},
    {"score": NUMBER, "max_score": NUMBER, "status": str, "name": str, "number": str, "output": str,
     "visibility": str})


def formats_errors(out, report):
    gradescope = json.loads((out / "results.json").read_text(encoding="utf-8"))
    rows = list(csv.reader((out / "grade.csv").open(encoding="utf-8", newline="")))
    wrong = [f"gradescope: {e}" for e in fields_errors(gradescope, *FIELDS)]
    if gradescope["score"] != report["score"] or len(gradescope["tests"]) != len(report["tests"]):
        wrong.append("gradescope: another score, or other rows")
    if len(rows) != 2 or len(rows[0]) != len(rows[1]) or rows[0][:4] != ["student", "score", "max", "status"]:
        wrong.append("csv: not a head and a row")
    elif int(rows[1][1]) != report["score"]:
        wrong.append("csv: another score")
    wrong += [f"junit: {e}" for e in junit_errors((out / "junit.xml").read_text(encoding="utf-8"), report)]
    wrong += [f"tap: {e}" for e in tap_errors((out / "grade.tap").read_text(encoding="utf-8"), report["tests"])]
    for name in formats.MADE - {"grade.json"}:
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", (out / name).read_text(encoding="utf-8")):
            wrong.append(f"{name}: control characters")
    return wrong


def check_formats(one, case, lang):
    named = dataclasses.replace(case, name=f"formats-{lang}/{case.name}")
    asked = ",".join((*formats.FORMATS, "csv"))
    _, _, out, _, said, _ = one.run(named, "--format", asked, "--lang", lang, "--quiet", "--student", 'Kim, "김" <&>')
    try:
        return formats_errors(out, json.loads((out / "grade.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, xml.etree.ElementTree.ParseError) as failure:
        return [f"{type(failure).__name__}: {failure} {said.strip()[-200:]}"]


# ---- everything ----


def canary_open():
    """The folder that nobody may change, held so that another run of this program does not remove it."""
    while True:
        CANARY.mkdir(exist_ok=True)
        held = os.open(CANARY, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(held, fcntl.LOCK_SH)
        if CANARY.is_dir() and os.fstat(held).st_ino == CANARY.stat().st_ino:
            break
        os.close(held)
    os.chmod(CANARY, 0o777)
    if not (CANARY / "bird").exists():
        (CANARY / "bird").write_text("sings\n", encoding="utf-8")
    os.chmod(CANARY / "bird", 0o666)
    return held


def canary_close(held):
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(CANARY)
    except BlockingIOError:
        pass  # another run holds it
    os.close(held)


def canary_state():
    return {p.name: (p.lstat().st_mode, p.lstat().st_mtime_ns, p.read_bytes()) for p in CANARY.iterdir()}


def works(one, case):
    """Does this sandbox mode work here? "" or why not."""
    status, _, out, _, said, _ = one.run(dataclasses.replace(case, name=f"probe/{one.mode}"))
    try:
        report = json.loads((out / "grade.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return f"exit status {status}: {said.strip()[-300:]}"
    return "" if report["status"] == "graded" else report["message"]["en"]


def run_pass(one, known, given):
    """Passed, failed, seconds of all grades."""
    cases = known + cases_made(one.made) + cases_edited(one.made)
    wanted = [c for c in cases if fnmatch.fnmatch(c.name, f"*{given.only}*")]
    before = canary_state()
    where = f"{one.mode or 'best mode'}, {'uid ' + str(NOBODY) if one.nobody else 'uid ' + str(os.getuid())}"
    passed = failed = 0
    total, slowest = 0.0, ("", 0.0)

    def count(name, wrong):
        nonlocal passed, failed
        passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong:
            print(f"FAILED: {name} ({where}): {'; '.join(wrong)}", flush=True)

    with ThreadPoolExecutor(given.jobs) as pool:
        for case, (wrong, seconds) in zip(wanted, pool.map(one.check, wanted)):
            count(case.name, wrong)
            total += seconds
            slowest = max(slowest, (case.name, seconds), key=lambda s: s[1])
        words = ("bptt/", "sample/starter", "forged-error", "forged-warning", "/crlf", "past-the-end.c")
        some = [c for c in wanted if any(word in c.name for word in words)]
        jobs = [(c, lang) for c in some for lang in ("en", "ko")]
        for (case, lang), wrong in zip(jobs, pool.map(lambda job: check_formats(one, *job), jobs)):
            count(f"formats, {lang}: {case.name}", wrong)
    count("nothing is left running", [name_of(p) for p in children()])
    count("no temporary folder is left", [p.name for p in one.temporary.iterdir()])
    count("nothing is written outside", [] if canary_state() == before else [f"{CANARY}: {sorted(canary_state())}"])
    print(f"{where}: {passed} passed, {failed} failed; {total:.0f} s in all, "
          f"slowest {slowest[0]} with {slowest[1]:.1f} s", flush=True)
    return passed, failed


def main():
    parser = argparse.ArgumentParser(prog="submissions", description="Grade the grader.")
    parser.add_argument("--kit", type=pathlib.Path, default=grade.TOP / "build/grade-kit",
                        help="what make grade-kit built")
    parser.add_argument("--jobs", type=int, default=2 * len(os.sched_getaffinity(0)),
                        help="grades at a time; many only wait")
    parser.add_argument("--only", default="", help="only names with this in them; * and ? stand for others")
    parser.add_argument("--seconds", type=float, default=10,
                        help="that a grade may take on a machine with nothing else to do")
    parser.add_argument("--quick", action="store_true", help="each file once: the best mode, as this user")
    given = parser.parse_args()
    given.kit = given.kit.resolve()
    plan = grade.manifest()
    known = cases_of_chapters(plan)
    for folder in ("right", "hostile"):
        known += cases_of_folder(HERE / "submissions" / folder)
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    held = canary_open()
    users = [False, True] if os.getuid() == 0 and not given.quick else [False]
    passed = failed = 0
    for nobody in users:
        for mode in [""] if given.quick else ["bwrap", "seccomp"]:
            one = Pass(given, plan, mode, nobody)
            why = works(one, known[0])
            if why:
                print(f"{mode or 'best mode'}{', uid ' + str(NOBODY) if nobody else ''}: skipped: {why}")
            else:
                more = run_pass(one, known, given)
                passed, failed = passed + more[0], failed + more[1]
            one.close()
    canary_close(held)
    if passed == 0:
        failed += 1
        print("FAILED: no sandbox mode works here")
    print(f"submissions: {passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
