"""formats.py: a grade as people and course systems read it.

A report (grade.py makes it, schema.json tells its fields) becomes gradescope, junit, tap or csv, or a table for a
person. What a student wrote goes into each as text that cannot act: no markup, no formula, no command.
"""
import csv
import json
import os
import unicodedata
import xml.sax.saxutils

WORDS = {  # what a status means: English, Korean
    "passed": ("right", "맞습니다"),
    "failed": ("a wrong answer", "답이 틀렸습니다"),
    "not_implemented": ("not written yet: the outputs were left as they were", "아직 쓰지 않았습니다. 결과가 그대로 남아 있습니다"),
    "timeout": ("it took too long", "시간이 너무 오래 걸렸습니다"),
    "crash": ("it crashed, ended the program, or wrote past the end of an array", "죽거나 프로그램을 끝냈거나 배열의 끝을 넘어 썼습니다"),
    "invalid_answer": ("the answer cannot be read: too short, too long, or not of its shape",
                       "답을 읽을 수 없습니다. 짧거나 길거나 모양이 다릅니다"),
    "blocked": ("it tried something that is not allowed: files, processes, the network",
                "허락되지 않은 일을 하려 했습니다(파일, 프로세스, 네트워크)"),
    "infra_error": ("the grader failed, not the submission; please grade again", "제출물이 아니라 채점기가 실패했습니다. 다시 채점하십시오"),
}


def shown(text):
    """Without what XML and terminals cannot have, what turns the text around, and CI's commands (##[...])."""
    bad = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in bad else "?" for c in text).replace("##", "#?")


def plain(cell):
    """A cell that no spreadsheet takes for a formula, or for two cells where these are divided by semicolons, and
    that no terminal acts on; different names stay different."""
    text = "".join(c if c not in "\n\t\\;" and shown(c) == c else f"\\x{ord(c):02x}" for c in str(cell))
    first = unicodedata.normalize("NFKC", text).lstrip()[:1]  # a wide = is one, too
    return "'" + text if first in ("=", "+", "-", "@", "'") else text


def json_text(value):
    """JSON in which nothing acts on a terminal or turns the text around: such characters are escaped, and none lost."""
    def escaped(char):
        units = char.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[k]:02x}{units[k + 1]:02x}" for k in range(0, len(units), 2))

    text = json.dumps(value, ensure_ascii=False, indent=1)
    return "".join(c if c == "\n" or shown(c) == c else escaped(c) for c in text) + "\n"


def said(test, lang, report=None):
    if report and report["status"] in ("compile_error", "link_error"):
        return report["message"][lang]
    return test["hint"][lang] or WORDS[test["status"]][0 if lang == "en" else 1]


def for_students(report):
    """The report without what hidden tests ask and say: for formats that have no visibility of their own."""
    hidden = {"en": "a test that is not shown", "ko": "공개하지 않는 시험"}
    blank = {"id": "", "level": None, "en": "", "ko": ""}

    def of(test):
        if test["visibility"] == "visible":
            return test
        return test | {"id": f"{report['chapter']}.hidden_{test['number']}", "name": hidden, "hint": blank}

    return report | {"tests": [of(test) for test in report["tests"]]}


def outcome(report, lang):
    """What the whole came to; where it does not compile, also what the compiler said."""
    log = shown(report["log"]["text"])[:10000] if report["status"] in ("compile_error", "link_error") else ""
    return report["message"][lang] + ("\n\n" + log if log else "")


def gradescope(report, lang):
    return json_text({
        "score": report["score"], "execution_time": report["elapsed_ms"] / 1000, "output": outcome(report, lang),
        "output_format": "text", "test_output_format": "text", "test_name_format": "text", "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"sha256": report["submission"]["sha256"], "seed_id": report["grader"]["seed_id"]},
        "tests": [{
            "score": t["points"], "max_score": t["max_points"],
            "status": "passed" if t["status"] == "passed" else "failed",
            "name": t["name"][lang], "number": str(t["number"]), "output": said(t, lang, report),
            "visibility": t["visibility"], "extra_data": {"id": t["id"], "status": t["status"]},
        } for t in report["tests"]],
    })


def junit(report, lang):
    quote = xml.sax.saxutils.quoteattr
    wrong = [t for t in report["tests"] if t["status"] in ("failed", "not_implemented")]
    broken = [t for t in report["tests"] if t["status"] not in ("failed", "not_implemented", "passed")]
    name = f'name="{report["chapter"]}"'
    counts = f'tests="{len(report["tests"])}" failures="{len(wrong)}" errors="{len(broken)}"'
    seconds = f'time="{report["elapsed_ms"] / 1000}"'
    properties = (f'<property name="{key}" value="{report[key]}"/>' for key in ("score", "max_score"))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {name} {counts} {seconds}>",
             f'<testsuite {name} {counts} skipped="0" {seconds}>',
             f"<properties>{''.join(properties)}</properties>"]
    for t in report["tests"]:
        head = f'<testcase classname="{report["chapter"]}" name={quote(t["id"])}'
        if t["status"] == "passed":
            lines.append(head + "/>")
            continue
        kind = "failure" if t in wrong else "error"
        text = shown(said(t, lang, report))
        lines.append(f'{head}><{kind} type="{t["status"]}" message={quote(text)}>'
                     f"{xml.sax.saxutils.escape(text)}</{kind}></testcase>")
    lines.append(f"<system-out>{xml.sax.saxutils.escape(outcome(report, lang))}</system-out>")
    return "\n".join(lines + ["</testsuite>", "</testsuites>"]) + "\n"


def tap(report, lang):
    if report["status"] == "infra_error":
        return f"TAP version 14\nBail out! {report['message']['en']}\n"
    lines = ["TAP version 14", f"1..{len(report['tests'])}"]
    if report["status"] != "graded":
        lines += ["# " + line for line in outcome(report, lang).splitlines()]
    for t in report["tests"]:
        name = t["name"][lang].replace("\\", "\\\\").replace("#", "\\#")
        lines.append(f"{'ok' if t['status'] == 'passed' else 'not ok'} {t['number']} - {name}")
        if t["status"] != "passed":
            message = json.dumps(shown(said(t, lang, report)), ensure_ascii=False)
            severity = "fail" if t["status"] in ("failed", "not_implemented") else "error"
            lines += ["  ---", f"  message: {message}", f"  severity: {severity}", f"  status: {t['status']}",
                      f"  points: {t['points']}", f"  max_points: {t['max_points']}", "  ..."]
    return "\n".join(lines) + "\n"


def csv_row(report, student):
    """One line of the class's table, and its head."""
    head = ["student", "score", "max", "status", *[t["id"] for t in report["tests"]], "hint_ids", "seed_id", "sha256"]
    hints = sorted({t["hint"]["id"] for t in report["tests"] if t["hint"]["id"]})
    return head, [plain(student), report["score"], report["max_score"], report["status"],
                  *[t["points"] for t in report["tests"]], " ".join(h.replace(" ", "") for h in hints),
                  report["grader"]["seed_id"], report["submission"]["sha256"]]


FORMATS = {"gradescope": ("results.json", gradescope), "junit": ("junit.xml", junit), "tap": ("grade.tap", tap)}
OTHERS = {"json": "grade.json", "csv": "grade.csv"}


def file_of(name):
    """The file of a format."""
    return OTHERS[name] if name in OTHERS else FORMATS[name][0]


MADE = {file_of(name) for name in (*FORMATS, *OTHERS)}


def write(path, text):
    """All of a file or nothing."""
    part = path.with_name(path.name + ".part")
    with open(part, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def forget(out):
    """Remove an earlier grade."""
    for name in MADE:
        (out / name).unlink(missing_ok=True)


def save(report, out, formats, lang, student):
    """grade.json, which comes last, and the formats."""
    out.mkdir(parents=True, exist_ok=True)
    for name in formats:
        if name == "csv":
            with open(out / "grade.csv.part", "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(csv_row(report, student))
            os.replace(out / "grade.csv.part", out / "grade.csv")
        elif name != "json":
            write(out / file_of(name), FORMATS[name][1](report if name == "gradescope" else for_students(report), lang))
    write(out / "grade.json", json_text(report))


def print_table(report, lang):
    marks = {"passed": "+", "failed": "-", "not_implemented": "."}
    score = f"{report['score']}/{report['max_score']}"
    print(f"{report['chapter']}: {score}  ({report['message'][lang]}; {report['sandbox']['mode']})")
    if report["status"] in ("compile_error", "link_error"):
        for line in shown(report["log"]["text"]).splitlines()[:15]:
            print(f"  | {line}")  # so that none begins as a command to CI does
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
