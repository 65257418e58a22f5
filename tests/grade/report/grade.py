#!/usr/bin/env python3
"""grade.py: grade one submission, or say it in the format of a course system.

    grade.py --kit DIR --assignment N --out DIR [--format F,...] [--seed S] [--hints 0..4] [--lang ko|en] FILE

The core (core.c) compiles the file and runs it in a sandbox; this program reads the tables that it leaves, holds them
against the manifest, and writes OUT/grade.json (schema.json tells its fields) and the other formats: gradescope, junit,
tap, classroom50, prairielearn, csv. It prints a table for a person. Nothing that a student wrote is ever parsed: what the
compiler said goes into the report as text, and all else are numbers and words of the grader's own.

The exit status is 0 whenever a grade was given, 1 where the grader itself failed, 2 for a wrong command line.
"""
import argparse
import csv
import datetime
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
import unicodedata
import xml.sax.saxutils

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent.parent
STATUSES = ("passed", "failed", "not_implemented", "timeout", "crash", "invalid_answer", "blocked", "infra_error")
VISIBILITIES = ("visible", "hidden", "after_due_date", "after_published")
COLUMNS = {"assignment": 4, "exercise": 4, "hints": 3, "row": 7}  # of the manifest
MOST_LOG = 20000
MOST_SOURCE = 1 << 20

WORDS = {  # what a status means: English, Korean
    "passed": ("right", "맞습니다"),
    "failed": ("a wrong answer", "답이 틀렸습니다"),
    "not_implemented": ("not written yet: the outputs were left as they were", "아직 쓰지 않았습니다. 결과가 그대로 남아 있습니다"),
    "timeout": ("it took too long", "시간이 너무 오래 걸렸습니다"),
    "crash": ("it crashed, ended the program, or wrote past the end of an array", "죽거나 프로그램을 끝냈거나 배열의 끝을 넘어 썼습니다"),
    "invalid_answer": ("the answer cannot be read: too short, too long, or not of its shape", "답을 읽을 수 없습니다. 짧거나 길거나 모양이 다릅니다"),
    "blocked": ("it tried something that is not allowed: files, processes, the network", "허락되지 않은 일을 하려 했습니다(파일, 프로세스, 네트워크)"),
    "infra_error": ("the grader failed, not the submission; please grade again", "제출물이 아니라 채점기가 실패했습니다. 다시 채점하십시오"),
}


class Failure(Exception):
    """The grader's own failure."""


def manifest():
    """chapter -> {"calls", "functions", "exercise" (English, Korean), "hints", "rows"}; a row is (id, points, visibility, English, Korean)."""
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
        need(len(cells) == COLUMNS[cells[0]] and all(cells), f"{COLUMNS[cells[0]]} columns with a tab between them are needed, none of them empty")
        if cells[0] == "assignment":
            need(cells[1] not in found, f"{cells[1]} stands there twice")
            found[cells[1]] = {"calls": cells[2], "functions": cells[3].split(), "exercise": ("", ""), "hints": 4, "rows": []}
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
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CRITERION_", "GRADE_")) or k == "GRADE_SANDBOX"} | {"LC_ALL": "C"}
    ran = subprocess.run([core, kit / chapter, submission, work, seed], env=environment, stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120, check=False)
    if ran.returncode != 0:
        raise Failure(f"the core ended with {ran.returncode}: {ran.stderr.decode(errors='replace')[-300:]}")
    return table(work / "result")


def hint_of(finding, level, bugs):
    """The hint of a wrong row: where, in words, the mistake's name, what to read; as much as the level allows."""
    status, part, t, index, error, got, want, names = finding
    english, korean = ([WORDS[status][0]], [WORDS[status][1]]) if level > 0 else ([], [])
    if level > 0 and part and status == "failed":
        english.append(f"first wrong: {part}" + (f" at step {t}" if t >= 0 else "") + f", element {index}")
        korean.append(f"처음 틀린 곳: {part}" + (f", 시각 {t}" if t >= 0 else "") + f", {index}번 원소")
    named = [n for n in names.split(" + ") if n in bugs]
    if level > 1 and status == "failed" and got is not None and not named:
        if want and abs(got / want + 1) < 1e-9:
            english.append("it has the opposite sign")
            korean.append("부호가 반대입니다")
        elif got == 0:
            english.append("it is 0")
            korean.append("0입니다")
        elif error is not None and error < 1e-6:
            english.append("it is right to about 7 digits, as a float somewhere would make it")
            korean.append("7자리쯤까지 맞습니다. 어딘가에서 float로 계산하는 듯합니다")
    if level > 2:
        for name in named:
            english.append(f"likely mistake: {name}. {bugs[name][0]}")
            korean.append(f"아마도 이 실수입니다: {name}. {bugs[name][1]}")
        if names == "unknown" and status == "failed":
            english.append("not one of the known mistakes")
            korean.append("아는 실수 가운데에는 없습니다")
    if level > 3:
        places = sorted({f"chapters/*-{bugs[n][2]}/README.md" + (f"#{bugs[n][3]}" if bugs[n][3] else "") for n in named})
        if places:
            english.append("to read: " + ", ".join(places))
            korean.append("읽을 곳: " + ", ".join(places))
    return {"id": names, "level": level, "en": sentences(english), "ko": sentences(korean)}


def sentences(parts):
    """Parts as sentences, each with one full stop."""
    return " ".join(p.rstrip(".") + "." for p in parts)


def finding_of(path):
    """What a row left: (status, part, t, index, error, got, want, names), or None."""
    if not path.is_file():
        return None
    cells = path.read_text(encoding="utf-8").rstrip("\n").split("\t")
    if len(cells) != 9 or cells[1] not in STATUSES:
        return None
    numbers = [None if c == "-" else float(c) for c in cells[5:8]]
    return (cells[1], cells[2], int(cells[3]), int(cells[4]), *numbers, cells[8])


def grade(kit, number, submission, seed, level):
    """The grade of a file, as grade.json has it. level: how much is hinted; None: as the manifest says."""
    start = time.monotonic()
    chapter, plan = plan_of(number)
    level = plan["hints"] if level is None else level
    source = read_source(submission)  # the core refuses more than MOST_SOURCE
    report = {
        "schema": "ccrnn.grade/1",
        "complete": False,
        "assignment": number,
        "chapter": chapter,
        "submission": {"sha256": hashlib.sha256(source).hexdigest(), "bytes": submission.lstat().st_size},
        "grader": {"reference_sha256": digest(kit / chapter), "tests_sha256": digest(kit / f"core-{chapter}"),
                   "seed_id": hashlib.sha256(seed.encode()).hexdigest()[:12]},
        "sandbox": {"mode": "none", "detail": ""},
        "status": "infra_error",
        "score": 0,
        "max_score": sum(row[1] for row in plan["rows"]),
        "elapsed_ms": 0,
        "message": {"en": "", "ko": ""},
        "log": {"text": "", "truncated": False},
        "tests": [],
    }
    with tempfile.TemporaryDirectory(prefix="grade-") as made:
        work = pathlib.Path(made)
        result = run_core(kit, chapter, submission, seed, work)
        report["status"] = result.get("status", "infra_error")
        report["sandbox"] = {"mode": result.get("sandbox", "none"), "detail": result.get("sandbox_detail", "")}
        if (work / "log").is_file():
            said = (work / "log").read_bytes().decode("utf-8", errors="replace").replace(str(work), "").replace(str(kit), "")
            report["log"] = {"text": said[:MOST_LOG], "truncated": len(said) > MOST_LOG}
        report["message"] = message_of(report["status"], result.get("detail", ""))
        told = table(work / "criterion")
        mistakes = known_mistakes(kit)
        if report["status"] == "graded" and len(told) != len(core_rows(plan, told)):
            raise Failure("Criterion ran other rows than the manifest has")
        for k, (row, points, visibility, english, korean) in enumerate(plan["rows"]):
            name = f"{plan['calls']}.{row}"
            finding = finding_of(work / "rows" / name)
            passed = told.get(name) == "passed"
            if report["status"] == "infra_error":
                finding = ("infra_error", "", -1, -1, None, None, None, "")
            elif report["status"] != "graded":
                finding = ("not_implemented", "", -1, -1, None, None, None, "")
            elif finding is None or passed != (finding[0] == "passed"):
                finding = ("infra_error", "", -1, -1, None, None, None, "")
            status, part, t, index, error, got, want, names = finding
            right = status == "passed" and passed
            report["tests"].append({
                "id": f"{chapter}.{row}", "number": k + 1, "name": {"en": english, "ko": korean},
                "points": points if right else 0, "max_points": points, "status": status, "visibility": visibility,
                "hint": {"id": "", "level": level, "en": "", "ko": ""} if right or report["status"] != "graded" else hint_of(finding, level, mistakes),
                "evidence": {"param": part, "t": t, "index": index, "max_rel_err": error, "mutant": names},
            })
    report["score"] = sum(test["points"] for test in report["tests"])
    if any(test["status"] == "infra_error" for test in report["tests"]):
        report["status"] = "infra_error"
        report["message"] = message_of("infra_error", "")
    report["elapsed_ms"] = round(1000 * (time.monotonic() - start))
    report["complete"] = True
    return report


def seed_of(secret, number, submission):
    """A seed that only the holder of the secret can know, and that is the same for the same submission."""
    told = f"{number}:{hashlib.sha256(read_source(submission)).hexdigest()}".encode()
    key = secret.read_bytes()
    if len(key) < 16:
        raise Failure(f"{secret}: empty, or shorter than 16 bytes; make one with head -c 32 /dev/urandom")
    return hmac.new(key, told, hashlib.sha256).hexdigest()


def core_rows(plan, told):
    """The rows that Criterion ran and that the manifest, or another one with the same calls, knows."""
    known = {f"{plan['calls']}.{row[0]}" for other in manifest().values() if other["calls"] == plan["calls"] for row in other["rows"]}
    missing = {f"{plan['calls']}.{row[0]}" for row in plan["rows"]} - set(told)
    return set(told) & known if not missing else set()


def message_of(status, detail):
    words = {
        "graded": ("graded", "채점했습니다"),
        "compile_error": ("the file does not compile", "파일이 컴파일되지 않습니다"),
        "link_error": ("the file cannot be linked", "파일을 링크할 수 없습니다"),
        "infra_error": ("the grader failed; this is no grade", "채점기가 실패했습니다. 이것은 점수가 아닙니다"),
    }
    english, korean = words.get(status, words["infra_error"])
    return {"en": english + (f" ({detail})" if detail else ""), "ko": korean + (f"({detail})" if detail else "")}


def digest(path):
    """One digest of a file, or of all files of a folder."""
    total = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        total.update(file.read_bytes())
    return total.hexdigest()


# ---- the formats ----


def read_source(path):
    """A submission's bytes, one more than may be graded at the most. Of what is no plain file, a link above all, nothing is
    read: the core refuses it."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return b""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        return file.read(MOST_SOURCE + 1)


def shown(text):
    """Without the characters that XML and terminals cannot have, those that turn the text around, and CI's commands (##[...])."""
    bad = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in bad else "?" for c in text).replace("##", "#?")


def plain(cell):
    """A cell that no spreadsheet takes for a formula and no terminal acts on; different names stay different."""
    text = "".join(c if c not in "\n\t\\" and shown(c) == c else f"\\x{ord(c):02x}" for c in str(cell))
    return "'" + text if text[:1] in ("=", "+", "-", "@") else text


def said(test, lang, report=None):
    if report and report["status"] in ("compile_error", "link_error"):
        return report["message"][lang]
    return test["hint"][lang] or WORDS[test["status"]][0 if lang == "en" else 1]


def for_students(report):
    """The report without what hidden tests ask and say: for formats that have no visibility of their own."""
    hidden = {"en": "a test that is not shown", "ko": "공개하지 않는 시험"}
    blank = {"id": "", "level": None, "en": "", "ko": ""}
    return report | {"tests": [t if t["visibility"] == "visible" else
                               t | {"id": f"{report['chapter']}.hidden_{t['number']}", "name": hidden, "hint": blank} for t in report["tests"]]}


def outcome(report, lang):
    """What the whole came to; where it does not compile, also what the compiler said."""
    log = shown(report["log"]["text"])[:10000] if report["status"] in ("compile_error", "link_error") else ""
    return report["message"][lang] + ("\n\n" + log if log else "")


def gradescope(report, lang):
    return json.dumps({
        "score": report["score"], "execution_time": report["elapsed_ms"] / 1000, "output": outcome(report, lang),
        "output_format": "text", "test_output_format": "text", "test_name_format": "text", "visibility": "visible",
        "stdout_visibility": "hidden", "extra_data": {"sha256": report["submission"]["sha256"], "seed_id": report["grader"]["seed_id"]},
        "tests": [{"score": t["points"], "max_score": t["max_points"], "status": "passed" if t["status"] == "passed" else "failed",
                   "name": t["name"][lang], "number": str(t["number"]), "output": said(t, lang, report), "visibility": t["visibility"],
                   "extra_data": {"id": t["id"], "status": t["status"]}} for t in report["tests"]],
    }, ensure_ascii=False, indent=1) + "\n"


def classroom50(report, lang):
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({
        "schema": "classroom50/result/v1", "classroom": os.environ.get("CLASSROOM", ""), "assignment": f"assignment-{report['assignment']}",
        "assignment_type": "individual", "owner": os.environ.get("CLASSROOM_OWNER", ""), "submission": report["submission"]["sha256"],
        "commit": os.environ.get("GITHUB_SHA", ""), "release": "", "review": "", "datetime": now, "score": report["score"],
        "max-score": report["max_score"],
        "tests": [{"test-name": t["id"], "passed": t["status"] == "passed", "score": t["points"], "max-score": t["max_points"],
                   "message": said(t, lang, report)} for t in report["tests"]],
    }, ensure_ascii=False, indent=1) + "\n"


def prairielearn(report, lang):
    gradable = report["status"] != "infra_error"
    made = {"gradable": gradable, "score": report["score"] / report["max_score"], "message": report["message"][lang],
            "output": shown(report["log"]["text"])[:10000],
            "tests": [{"name": t["name"][lang], "description": t["id"], "points": t["points"], "max_points": t["max_points"],
                       "message": said(t, lang, report)} for t in report["tests"]]}
    if report["status"] in ("compile_error", "link_error"):
        made["format_errors"] = [report["message"][lang]]
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def junit(report, lang):
    quote = xml.sax.saxutils.quoteattr
    wrong = [t for t in report["tests"] if t["status"] in ("failed", "not_implemented")]
    broken = [t for t in report["tests"] if t["status"] not in ("failed", "not_implemented", "passed")]
    counts = f'tests="{len(report["tests"])}" failures="{len(wrong)}" errors="{len(broken)}"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="{report["chapter"]}" {counts} time="{report["elapsed_ms"] / 1000}">',
             f'<testsuite name="{report["chapter"]}" {counts} skipped="0" time="{report["elapsed_ms"] / 1000}">',
             f'<properties><property name="score" value="{report["score"]}"/><property name="max_score" value="{report["max_score"]}"/></properties>']
    for t in report["tests"]:
        head = f'<testcase classname="{report["chapter"]}" name={quote(t["id"])}'
        if t["status"] == "passed":
            lines.append(head + "/>")
            continue
        kind = "failure" if t in wrong else "error"
        text = shown(said(t, lang, report))
        lines.append(f'{head}><{kind} type="{t["status"]}" message={quote(text)}>{xml.sax.saxutils.escape(text)}</{kind}></testcase>')
    lines.append(f"<system-out>{xml.sax.saxutils.escape(outcome(report, lang))}</system-out>")
    return "\n".join(lines + ["</testsuite>", "</testsuites>"]) + "\n"


def tap(report, lang):
    if report["status"] == "infra_error":
        return f"TAP version 14\nBail out! {report['message']['en']}\n"
    lines = ["TAP version 14", f"1..{len(report['tests'])}", *("# " + line for line in outcome(report, lang).splitlines() if report["status"] != "graded")]
    for t in report["tests"]:
        name = t["name"][lang].replace("\\", "\\\\").replace("#", "\\#")
        lines.append(f"{'ok' if t['status'] == 'passed' else 'not ok'} {t['number']} - {name}")
        if t["status"] != "passed":
            lines += ["  ---", f"  message: {json.dumps(shown(said(t, lang, report)), ensure_ascii=False)}", f"  severity: {'fail' if t['status'] in ('failed', 'not_implemented') else 'error'}",
                      f"  status: {t['status']}", f"  points: {t['points']}", f"  max_points: {t['max_points']}", "  ..."]
    return "\n".join(lines) + "\n"


def csv_row(report, student):
    """One line of the class's table, and its head."""
    head = ["student", "score", "max", "status", *[t["id"] for t in report["tests"]], "hint_ids", "seed_id", "sha256"]
    hints = sorted({t["hint"]["id"] for t in report["tests"] if t["hint"]["id"]})
    return head, [plain(student), report["score"], report["max_score"], report["status"], *[t["points"] for t in report["tests"]],
                  " ".join(h.replace(" ", "") for h in hints), report["grader"]["seed_id"], report["submission"]["sha256"]]


FORMATS = {"gradescope": ("results.json", gradescope), "junit": ("junit.xml", junit), "tap": ("grade.tap", tap),
           "classroom50": ("result.json", classroom50), "prairielearn": ("results-prairielearn.json", prairielearn)}


def write(path, text):
    """All of a file or nothing."""
    part = path.with_name(path.name + ".part")
    with open(part, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def save(report, out, formats, lang, student):
    out.mkdir(parents=True, exist_ok=True)
    for name in {"grade.csv", *(name for name, _ in FORMATS.values())} - {FORMATS[f][0] if f in FORMATS else f"grade.{f}" for f in formats}:
        (out / name).unlink(missing_ok=True)  # of an earlier grade
    for name in formats:
        if name == "csv":
            with open(out / "grade.csv.part", "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(csv_row(report, student))
            os.replace(out / "grade.csv.part", out / "grade.csv")
        elif name != "json":
            write(out / FORMATS[name][0], FORMATS[name][1](report if name == "gradescope" else for_students(report), lang))
    write(out / "grade.json", json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def print_table(report, lang):
    marks = {"passed": "+", "failed": "-", "not_implemented": "."}
    print(f"{report['chapter']}: {report['score']}/{report['max_score']}  ({report['message'][lang]}; {report['sandbox']['mode']})")
    if report["status"] in ("compile_error", "link_error"):
        print("\n".join(f"  | {line}" for line in shown(report["log"]["text"]).splitlines()[:15]))  # no line begins as a command to CI does
        return
    told = set()
    for t in report["tests"]:
        print(f"  {marks.get(t['status'], '!')} {t['points']:3d}/{t['max_points']:<3d} {t['name'][lang]}")
        hint = t["hint"][lang]
        if hint and hint not in told:
            print(f"            {shown(hint)}")
        told.add(hint)


def language(wanted):
    if wanted:
        return wanted
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "ko" if os.environ[name].startswith("ko") else "en"
    return "en"


def main():
    parser = argparse.ArgumentParser(prog="grade", description="Grade a submission.")
    parser.add_argument("--assignment", type=int, required=True, help="the chapter's number")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for the results")
    parser.add_argument("--kit", type=pathlib.Path, default=pathlib.Path(os.environ.get("GRADE_KIT", TOP / "build/grade-kit")), help="what make grade-kit built")
    parser.add_argument("--format", default="json", help="json, " + ", ".join(FORMATS) + ", csv; commas between them")
    parser.add_argument("--seed", default=os.environ.get("GRADE_SEED_TEXT", "0"), help="of the inputs; the same seed asks the same")
    parser.add_argument("--secret", type=pathlib.Path, help="a file; the seed is made of it, the assignment and the submission, so that nobody can know the inputs")
    parser.add_argument("--hints", type=int, choices=range(5), help="0: none; 1: where; 2: what it looks like; 3: the mistake's name; 4: what to read; else as the manifest says")
    parser.add_argument("--lang", choices=("ko", "en"), help="language of the table and of the formats that have one")
    parser.add_argument("--student", default="", help="name for the class's table")
    parser.add_argument("--quiet", action="store_true", help="no table")
    parser.add_argument("file", type=pathlib.Path, help="the submission, a .c file")
    given = parser.parse_args()
    lang, formats = language(given.lang), given.format.split(",")
    unknown = [f for f in formats if f not in ("json", "csv", *FORMATS)]
    if unknown:
        parser.error(f"--format {unknown[0]}: give json, csv, " + ", ".join(FORMATS))
    if not given.file.is_file():
        parser.error(f"{given.file}: no such file")
    try:
        seed = seed_of(given.secret, given.assignment, given.file) if given.secret else given.seed
        report = grade(given.kit.resolve(), given.assignment, given.file, seed, given.hints)
        save(report, given.out, formats, lang, given.student or given.file.stem)
    except (Failure, OSError, subprocess.TimeoutExpired) as failure:
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
