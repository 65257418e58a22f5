#!/usr/bin/env python3
"""grade.py: grade one submission.

    grade.py --kit DIR --assignment N --out DIR [--format F,...] [--seed S] [--hints 0..4] [--lang ko|en] FILE

The core (../judge/core.c) compiles the file and runs it in a sandbox; this program reads the tables that it leaves
and holds them against the manifest. It writes OUT/grade.json (schema.json tells its fields) and the formats of course
systems (formats.py), and prints a table for a person. Nothing that a student wrote is ever parsed: what the compiler
said goes into the report as text, and all else are numbers and words of the grader's own.

The exit status is 0 whenever a grade was given, 1 where the grader itself failed, 2 for a wrong command line.
"""
import argparse
import hashlib
import hmac
import json
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import time
import typing

from formats import FORMATS, OTHERS, WORDS, forget, language, print_table, save

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent.parent
VISIBILITIES = ("visible", "hidden", "after_due_date", "after_published")
COLUMNS = {"assignment": 4, "exercise": 4, "hints": 3, "row": 7}  # of the manifest
MOST_LOG = 20000
MOST_S = 3600  # that the core may take by the clock: it limits what it runs by itself
MOST_SOURCE = 1 << 20


class Failure(Exception):
    """The grader's own failure."""


def manifest():
    """chapter -> {"calls", "functions", "exercise" (English, Korean), "hints", "rows"}.

    A row is (id, points, visibility, English, Korean).
    """
    found, path = {}, HERE.parent / "manifest.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise Failure(f"{path.name}: not UTF-8") from error
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")

        def need(good, what, number=number):
            if not good:
                raise Failure(f"manifest.tsv:{number}: {what}")

        if line.startswith("#") or not line:
            continue
        need(cells[0] in COLUMNS, f"{cells[0]!r}: give assignment, exercise, hints or row")
        need(len(cells) == COLUMNS[cells[0]] and all(cells),
             f"{COLUMNS[cells[0]]} columns with a tab between them are needed, none of them empty")
        if cells[0] == "assignment":
            need(cells[1] not in found, f"{cells[1]} stands there twice")
            found[cells[1]] = {"calls": cells[2], "functions": cells[3].split(), "exercise": ("", ""), "hints": 4,
                               "rows": []}
            continue
        need(cells[1] in found, f"{cells[1]}: no assignment of that name above")
        plan = found[cells[1]]
        if cells[0] == "exercise":
            plan["exercise"] = (cells[2], cells[3])
        elif cells[0] == "hints":
            need(cells[2] in "01234" and len(cells[2]) == 1, f"hints {cells[2]}: give 0 to 4")
            plan["hints"] = int(cells[2])
        else:
            need(cells[3].isascii() and cells[3].isdigit(), f"points {cells[3]!r}: give a whole number")
            need(cells[4] in VISIBILITIES, f"visibility {cells[4]!r}: give " + ", ".join(VISIBILITIES))
            need(cells[2] not in [row[0] for row in plan["rows"]], f"{cells[2]} stands there twice")
            plan["rows"].append((cells[2], int(cells[3]), cells[4], cells[5], cells[6]))
    for chapter, plan in found.items():
        if (points := sum(row[1] for row in plan["rows"])) != 100:
            raise Failure(f"manifest.tsv: {chapter} has {points} points; 100 are needed")
    return found


def chapter_of(number):
    folders = sorted(TOP.glob(f"chapters/{number:02d}-*"))
    return folders[0] if folders else None


def plan_of(number):
    """The chapter's name and what the manifest says of it."""
    folder = chapter_of(number)
    plan = manifest().get(folder.name[3:]) if folder else None
    if not plan:
        raise Failure(f"no assignment {number}")
    return folder.name[3:], plan


def known_mistakes(kit):
    """id -> (English, Korean, lesson, section), as the core lists them."""
    found = {}
    for line in (kit / "hints.tsv").read_text(encoding="utf-8").splitlines():
        name, lesson, section, english, korean = line.split("\t")
        found[name] = (english, korean, lesson, section)
    return found


def table(path):
    """A two-column table of the core's."""
    if not path.is_file():
        return {}
    rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return {r[0]: r[1] for r in rows if len(r) == 2}


def run_core(kit, chapter, submission, seed, work):
    """The tables of one run of the core."""
    core = kit / f"core-{chapter}"
    if not core.is_file():
        raise Failure(f"{core} is missing: run make grade-kit")
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("CRITERION_", "GRADE_")) or name == "GRADE_SANDBOX"}
    ran = subprocess.run([core, kit / chapter, submission, work, seed], env=environment | {"LC_ALL": "C"},
                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=MOST_S,
                         check=False)
    if ran.returncode != 0:
        how = f"signal {-ran.returncode}" if ran.returncode < 0 else f"status {ran.returncode}"
        raise Failure(f"the core ended with {how} {ran.stderr.decode(errors='replace')[-300:]}".strip())
    return table(work / "result")


class Finding(typing.NamedTuple):
    """What the core found of a row."""

    status: str
    part: str = ""
    t: int = -1
    index: int = -1
    error: float = None
    got: float = None
    want: float = None
    worst: int = -1
    names: str = ""
    why: str = ""  # of infra_error


def finding_of(path):
    """What a row left, or None."""
    if not path.is_file():
        return None
    cells = path.read_text(encoding="utf-8").rstrip("\n").split("\t")
    if len(cells) != 10 or cells[1] not in WORDS:
        return None
    numbers = [None if c == "-" else float(c) for c in cells[5:8]]
    if cells[1] == "infra_error":
        return Finding("infra_error", why=cells[9])
    return Finding(cells[1], cells[2], int(cells[3]), int(cells[4]), *numbers, int(cells[8]), cells[9])


def findings_of(plan, work):
    """row -> what the core found of it; a row that Criterion judged otherwise than its table says is our failure."""
    told, found = table(work / "criterion"), {}
    if len(told) != len(core_rows(plan, told)):
        raise Failure("Criterion ran other rows than the manifest has, or not all of them")
    for row in (row[0] for row in plan["rows"]):
        name = f"{plan['calls']}.{row}"
        finding = finding_of(work / "rows" / name)
        agree = finding and (told.get(name) == "passed") == (finding.status == "passed")
        found[row] = finding if agree else Finding("infra_error", why=f"{row} left no result")
    return found


def core_rows(plan, told):
    """The rows that Criterion ran and that the manifest, or another one with the same calls, knows."""
    known = {f"{plan['calls']}.{row[0]}" for other in manifest().values() if other["calls"] == plan["calls"]
             for row in other["rows"]}
    missing = {f"{plan['calls']}.{row[0]}" for row in plan["rows"]} - set(told)
    return set(told) & known if not missing else set()


def hint_of(finding, level, bugs):
    """The hint of a wrong row: where, in words, the mistake's name, what to read; as much as the level allows."""
    status, got, want = finding.status, finding.got, finding.want
    english, korean = ([WORDS[status][0]], [WORDS[status][1]]) if level > 0 else ([], [])
    if level > 0 and finding.part and status == "failed":
        part, t, index = finding.part, finding.t, finding.index
        english.append(f"first wrong: {part}" + (f" at step {t}" if t >= 0 else "") + f", element {index}")
        korean.append(f"처음 틀린 곳: {part}" + (f", 시각 {t}" if t >= 0 else "") + f", {index}번 원소")
        if finding.worst not in (index, -1):
            english.append(f"worst there: element {finding.worst}")
            korean.append(f"거기서 가장 많이 틀린 곳: {finding.worst}번 원소")
    named = [n for n in finding.names.split(" + ") if n in bugs]
    if level > 1 and status == "failed" and got is not None and not named:
        if want and abs(got / want + 1) < 1e-9:
            english.append("it has the opposite sign")
            korean.append("부호가 반대입니다")
        elif got == 0:
            english.append("it is 0")
            korean.append("0입니다")
        elif finding.error is not None and finding.error < 1e-6:
            english.append("it is right to about 7 digits, as a float somewhere would make it")
            korean.append("7자리쯤까지 맞습니다. 어딘가에서 float로 계산하는 듯합니다")
    if level > 2:
        for name in named:
            english.append(f"likely mistake: {name}. {bugs[name][0]}")
            korean.append(f"아마도 이 실수입니다: {name}. {bugs[name][1]}")
        if finding.names == "unknown" and status == "failed":
            english.append("not one of the known mistakes")
            korean.append("아는 실수 가운데에는 없습니다")
    if level > 3:
        places = sorted({f"chapters/*-{bugs[n][2]}/README.md" + (f"#{bugs[n][3]}" if bugs[n][3] else "")
                         for n in named})
        if places:
            english.append("to read: " + ", ".join(places))
            korean.append("읽을 곳: " + ", ".join(places))
    return {"id": finding.names, "level": level, "en": sentences(english), "ko": sentences(korean)}


def sentences(parts):
    """Parts as sentences, each with one full stop; three at its end stay."""
    return " ".join(p if p.endswith("...") else p.rstrip(".") + "." for p in parts)


def report_of(number, level, status, message, findings=None, mistakes=None, **facts):
    """The one form of a report: of a grade, or of why there is none.

    findings: row -> Finding; a row without one is our failure, or, where the file was not run, not implemented.
    level: how much is hinted; None: as the manifest says. facts: fields that are known beside those, of the file and of
    how it was run.
    """
    chapter, plan = plan_of(number)
    level = plan["hints"] if level is None else level
    missing = Finding("not_implemented" if status in ("compile_error", "link_error") else "infra_error")
    tests = []
    for k, (row, points, visibility, english, korean) in enumerate(plan["rows"]):
        finding = (findings or {}).get(row, missing)
        wrong = findings and finding.status != "passed"
        tests.append({
            "id": f"{chapter}.{row}", "number": k + 1, "name": {"en": english, "ko": korean},
            "points": points if finding.status == "passed" else 0, "max_points": points,
            "status": finding.status, "visibility": visibility,
            "hint": hint_of(finding, level, mistakes) if wrong else {"id": "", "level": level, "en": "", "ko": ""},
            "evidence": {"param": finding.part, "t": finding.t, "index": finding.index,
                         "worst": finding.worst, "max_rel_err": finding.error, "mutant": finding.names},
        })
    ours = [finding for finding in (findings or {}).values() if finding.status == "infra_error"]
    if ours:
        status, message = "infra_error", message_of("infra_error", next((f.why for f in ours if f.why), ""))
    return {
        "schema": "ccrnn.grade/1",
        "complete": False,
        "assignment": number,
        "chapter": chapter,
        "submission": {"sha256": "", "bytes": 0},
        "grader": {"reference_sha256": "", "tests_sha256": "", "seed_id": "", "secret": False},
        "sandbox": {"mode": "none", "detail": ""},
        "status": status,
        "score": sum(test["points"] for test in tests),
        "max_score": sum(test["max_points"] for test in tests),
        "elapsed_ms": 0,
        "message": message,
        "log": {"text": "", "truncated": False},
        "tests": tests,
    } | facts


def grade(kit, number, submission, seed, level, secret):
    """The grade of a file, as grade.json has it. secret: can only we know the seed?"""
    start = time.monotonic()
    chapter, plan = plan_of(number)
    source = read_source(submission)  # the core refuses more than MOST_SOURCE
    findings, said = None, b""
    with tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True) as made:
        work = pathlib.Path(made)
        try:
            result = run_core(kit, chapter, submission, seed, work)
            status = result.get("status", "infra_error")
            findings = findings_of(plan, work) if status == "graded" else None
            if (work / "log").is_file():
                said = (work / "log").read_bytes()
        except (Failure, OSError, subprocess.TimeoutExpired) as failure:  # the machine's: no grade, and why
            status, result = "infra_error", {"detail": str(failure)}
        log = said.decode("utf-8", errors="replace").replace(str(work), "").replace(str(kit), "")
    return report_of(
        number, level, status, message_of(status, result.get("detail", ""), secret),
        findings, known_mistakes(kit), complete=True,
        submission={"sha256": hashlib.sha256(source).hexdigest(), "bytes": submission.lstat().st_size},
        grader={"reference_sha256": digest(kit / chapter), "tests_sha256": digest(kit / f"core-{chapter}"),
                "seed_id": seed_id(seed), "secret": secret},
        sandbox={"mode": result.get("sandbox", "none"), "detail": result.get("sandbox_detail", "")},
        log={"text": log[:MOST_LOG], "truncated": len(log) > MOST_LOG},
        elapsed_ms=round(1000 * (time.monotonic() - start)))


def seed_id(seed):
    """What may be told of a seed: whether it is the same as another."""
    return hashlib.sha256(seed.encode()).hexdigest()[:12]


def key_of(secret):
    """The bytes of a secret."""
    key = secret.read_bytes()
    if len(key) < 16:
        raise Failure(f"{secret}: empty, or shorter than 16 bytes; make one with head -c 32 /dev/urandom")
    return key


def seed_of(secret, number, submission):
    """A seed that only the holder of the secret can know, and that is the same for the same submission."""
    told = f"{number}:{hashlib.sha256(read_source(submission)).hexdigest()}".encode()
    key = key_of(secret)
    return hmac.new(key, told, hashlib.sha256).hexdigest()


def is_secret(given):
    """Can only the graders know the inputs?"""
    return bool(given.secret) or given.seed != NO_SEED


NO_SEED = "0"
NO_SECRET = ("graded without a secret: anybody can know the inputs beforehand (--secret)",
             "비밀 없이 채점했습니다. 누구나 입력을 미리 알 수 있습니다(--secret)")


def message_of(status, detail, secret=True):
    words = {
        "graded": ("graded", "채점했습니다"),
        "compile_error": ("the file does not compile", "파일이 컴파일되지 않습니다"),
        "link_error": ("the file cannot be linked", "파일을 링크할 수 없습니다"),
        "infra_error": ("the grader failed; this is no grade", "채점기가 실패했습니다. 이것은 점수가 아닙니다"),
    }
    english, korean = NO_SECRET if status == "graded" and not secret else words.get(status, words["infra_error"])
    return {"en": english + (f" ({detail})" if detail else ""), "ko": korean + (f"({detail})" if detail else "")}


def digest(path):
    """One digest of a file, or of all files of a folder."""
    total = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        total.update(file.read_bytes())
    return total.hexdigest()


def read_source(path):
    """A submission's bytes, one more than may be graded at the most.

    Of what is no plain file, a link above all, nothing is read: the core refuses it.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return b""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        return file.read(MOST_SOURCE + 1)


def options(parser):
    """The options that grade.py and class.py have in common."""
    parser.add_argument("--assignment", type=int, required=True, help="the chapter's number")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for the results")
    parser.add_argument("--kit", type=pathlib.Path, help="what make grade-kit built",
                        default=pathlib.Path(os.environ.get("GRADE_KIT", TOP / "build/grade-kit")))
    parser.add_argument("--format", default="json",
                        help=", ".join((*OTHERS, *FORMATS)) + "; commas between them")
    parser.add_argument("--seed", default=os.environ.get("GRADE_SEED_TEXT", NO_SEED),
                        help="of the inputs; the same seed asks the same")
    parser.add_argument("--secret", type=pathlib.Path,
                        help="a file; the seed is made of it, the assignment and the submission, so that nobody can "
                             "know the inputs")
    parser.add_argument("--hints", type=int, choices=range(5),
                        help="0: none; 1: where; 2: what it looks like; 3: the mistake's name; 4: what to read; "
                             "else as the manifest says")
    parser.add_argument("--lang", choices=("ko", "en"), help="language of what is printed and of the formats")


def formats_of(parser, given):
    """The formats that were asked for; one that is not known is a wrong command line."""
    wanted = given.format.split(",")
    for name in wanted:
        if name not in (*FORMATS, *OTHERS):
            parser.error(f"--format {name}: give " + ", ".join((*OTHERS, *FORMATS)))
    return wanted


def main():
    parser = argparse.ArgumentParser(prog="grade", description="Grade a submission.")
    options(parser)
    parser.add_argument("--student", default="", help="name for the class's table")
    parser.add_argument("--quiet", action="store_true", help="no table")
    parser.add_argument("file", type=pathlib.Path, help="the submission, a .c file")
    given = parser.parse_args()
    lang, formats = language(given.lang), formats_of(parser, given)
    student = given.student or given.file.stem
    try:
        forget(given.out)  # whatever happens now: no grade of somebody else's file stays there
        if not given.file.is_file():
            parser.error(f"{given.file}: no such file")
        plan_of(given.assignment)
        try:
            seed = seed_of(given.secret, given.assignment, given.file) if given.secret else given.seed
            report = grade(given.kit.resolve(), given.assignment, given.file, seed, given.hints, is_secret(given))
        except (Failure, OSError) as failure:
            print(f"grade: {failure}", file=sys.stderr)
            report = report_of(given.assignment, given.hints, "infra_error", message_of("infra_error", str(failure)),
                               complete=True)
        save(report, given.out, formats, lang, student)
    except (Failure, OSError) as failure:
        print(f"grade: {failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("grade: interrupted", file=sys.stderr)
        sys.exit(130)
    if not given.quiet:
        print_table(report, lang)
    sys.exit(1 if report["status"] == "infra_error" else 0)


if __name__ == "__main__":
    try:
        sys.stdout.reconfigure(errors="replace")
        main()
    except BrokenPipeError:  # who reads the table has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
