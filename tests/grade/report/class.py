#!/usr/bin/env python3
"""class.py: grade a whole class at once.

    class.py --kit DIR --assignment N --out DIR [--jobs N] [OPTIONS of grade.py] FOLDER

FOLDER has NAME.c for each student, or NAME/FILE.c (the file named like the chapter's module, or the only one). For
each, OUT/students/NAME/ gets what grade.py writes; OUT/class.csv has a line for each, OUT/summary.txt the mean and how
many made each mistake. What was graded before is not graded again, unless the file, the kit, the seed, the hints or the
manifest changed, or the grader had failed: an interrupted run goes on where it was. --regrade grades all again. A
submission that cannot be graded is a line that says so, never the end; where it is the student who handed in no plain
file, or several, that is 0 points.

The exit status is 0 where every submission has a grade, else 1.
"""
import argparse
import collections
import concurrent.futures
import csv
import errno
import hashlib
import io
import json
import os
import pathlib
import statistics
import sys
import threading
import time

import formats
import grade


class Submission:
    """A student's file, or why there is none."""

    def __init__(self, student, path, problem="", status="compile_error"):
        self.student, self.path, self.problem, self.status = student, path, problem, status


MOST_DEPTH, MOST_FILES = 20, 10000
NOT_OURS = (0, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR)


def status_of(failure):
    """Who failed where a student's file cannot be read: the student, who chose what it is, or the machine."""
    return "compile_error" if (failure.errno or 0) in NOT_OURS else "infra_error"


def raised(failure):
    raise failure


def files_of(folder):
    """The .c files of a student's folder: no links, no hidden ones, and not for ever."""
    seen = 0
    for at, folders, names in os.walk(folder, onerror=raised):  # follows no links, needs no recursion
        deep = len(pathlib.Path(at).relative_to(folder).parts) >= MOST_DEPTH
        folders[:] = [] if deep else [f for f in folders if not f.startswith(".")]
        seen += len(folders) + len(names)
        if seen > MOST_FILES:
            raise OSError(0, "too many files")
        yield from (pathlib.Path(at, n) for n in names if n.endswith(".c") and not n.startswith("."))


def submissions(folder, wanted):
    """All students of a folder, in order; `wanted`: the name of the file where a student has several."""
    files, problems = {}, {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        try:
            if path.suffix == ".c" and (path.is_symlink() or not path.is_dir()):
                files.setdefault(path.stem, []).append([path])
            elif path.is_symlink():
                problems[path.name] = "a symbolic link", "compile_error"
            elif path.is_dir():
                own = sorted(files_of(path))
                if not own:
                    problems[path.name] = "no .c file", "compile_error"
                else:
                    files.setdefault(path.name, []).append([p for p in own if p.name == wanted] or own)
        except OSError as failure:  # one student's folder never stops the rest
            problems[path.name] = failure.strerror or str(failure), status_of(failure)
    made = [Submission(student, folder, *why) for student, why in problems.items() if student not in files]
    for student, found in files.items():
        all_files = [path for group in found for path in group]
        names = ", ".join(str(path.relative_to(folder)) for path in all_files)
        problem = "" if len(all_files) == 1 else f"more than one file: {names}"
        made.append(Submission(student, all_files[0], problem))
    return sorted(made, key=lambda one: one.student)


def digest_of(path):
    """The sha256 of a file as grade.py has it: of no more than it reads."""
    return hashlib.sha256(grade.read_source(path)).hexdigest()


class Class:
    """One run: what is asked, with what, and what was found."""

    def __init__(self, given, wanted, lang):
        self.given, self.formats, self.lang = given, wanted, lang
        self.kit = given.kit.resolve()
        self.chapter, self.plan = grade.plan_of(given.assignment)
        self.hints = self.plan["hints"] if given.hints is None else given.hints
        starters = sorted((grade.chapter_of(given.assignment) / "starter").glob("*.c"))
        self.module = starters[0].name if starters else ""
        if not (self.kit / f"core-{self.chapter}").is_file():
            raise grade.Failure(f"{self.kit}/core-{self.chapter} is missing: run make grade-kit")
        self.reference = grade.digest(self.kit / self.chapter)
        self.tests = grade.digest(self.kit / f"core-{self.chapter}")
        self.rows = [(f"{self.chapter}.{r[0]}", {"en": r[3], "ko": r[4]}, r[1], r[2]) for r in self.plan["rows"]]
        self.secret = grade.is_secret(given)
        self.stop = threading.Event()

    def folder_of(self, submission):
        return self.given.out / "students" / submission.student

    def seed_of(self, path):
        """The seed of a file's inputs, as grade.py has it; what is too large to be graded has any."""
        secret = self.given.secret and path.stat().st_size <= grade.MOST_SOURCE
        return grade.seed_of(self.given.secret, self.given.assignment, path) if secret else self.given.seed

    def before(self, submission, sha256, seed):
        """The grade that this submission has from an earlier run, or None."""
        out = self.folder_of(submission)
        if self.given.regrade:
            return None
        try:
            report = json.loads((out / "grade.json").read_text(encoding="utf-8"))
            grader = report["grader"]
            same = (report["complete"] and report["status"] != "infra_error"
                    and report["assignment"] == self.given.assignment
                    and report["submission"]["sha256"] == sha256 and grader["reference_sha256"] == self.reference
                    and grader["tests_sha256"] == self.tests and grader["seed_id"] == grade.seed_id(seed)
                    and [(t["id"], t["name"], t["max_points"], t["visibility"]) for t in report["tests"]] == self.rows
                    and all(t["hint"]["level"] in (None, self.hints) for t in report["tests"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        wanted = [formats.file_of(name) for name in self.formats]
        return report if same and all((out / name).is_file() for name in wanted) else None

    def failed(self, submission, why, status="infra_error"):
        """The report of a submission that has no grade, or none but 0; it replaces an earlier grade."""
        report = grade.report_of(self.given.assignment, self.hints, status, {"en": why, "ko": why}, complete=True)
        self.save(submission, report)
        return report

    def unknown(self, why):
        """The report of a submission of which nothing is known, not even whether an earlier grade holds."""
        return grade.report_of(self.given.assignment, self.hints, "infra_error", {"en": why, "ko": why})

    def save(self, submission, report):
        out = self.folder_of(submission)
        formats.forget(out)
        formats.save(report, out, self.formats, self.lang, submission.student)

    def grade(self, submission):
        """(report, was it graded now) of a submission; a failure of the grader is tried a second time."""
        try:
            if submission.problem:
                return self.failed(submission, submission.problem, submission.status), False
            if submission.path.is_symlink() or not submission.path.is_file():  # a pipe would never end
                return self.failed(submission, "no plain file", "compile_error"), True
            seed = self.seed_of(submission.path)
            report = self.before(submission, digest_of(submission.path), seed)
            if report:
                return report, False
            for _ in range(2):
                if self.stop.is_set():
                    return self.unknown("not graded yet"), True
                report = grade.grade(self.kit, self.given.assignment, submission.path, seed, self.hints,
                                     secret=self.secret)
                if report["status"] != "infra_error":
                    break
            self.save(submission, report)
            return report, True
        except Exception as failure:  # one bad submission never stops the rest
            why = f"{type(failure).__name__}: {failure}"
            status = status_of(failure) if isinstance(failure, OSError) else "infra_error"
            try:
                return self.failed(submission, why, status), True
            except OSError as again:
                return self.unknown(f"{why}; {again}"), True


def progress(done, total, start, scores, showing, lang):
    """One line that is written over, on a terminal only."""
    if showing:
        spent = time.monotonic() - start
        left = spent / done * (total - done) if done else 0
        mean = statistics.fmean(scores) if scores else 0
        told = (f"{spent:.0f} s, {left:.0f} s left, mean {mean:.1f}" if lang == "en" else
                f"{spent:.0f}초, {left:.0f}초 남음, 평균 {mean:.1f}")
        sys.stderr.write(f"\r\033[K{done}/{total}  {told}" + ("\n" if done == total else ""))
        sys.stderr.flush()


def class_table(reports):
    """The lines of class.csv."""
    out = io.StringIO()
    writer = csv.writer(out)
    for k, (submission, report) in enumerate(reports):
        head, row = formats.csv_row(report, submission.student)
        if k == 0:
            writer.writerow(head)
        writer.writerow(row)
    return out.getvalue()


def summary(reports, lang):
    """The mean, the rows, and how many made each mistake; in the order of their number."""
    def say(english, korean):
        return english if lang == "en" else korean

    graded = [report for _, report in reports if report["status"] != "infra_error"]
    scores = [report["score"] for report in graded]
    lines = [say(f"{len(reports)} submissions, {len(graded)} graded", f"제출물 {len(reports)}개, 채점 {len(graded)}개")]
    if scores:
        most = graded[0]["max_score"]
        mean, median = f"{statistics.fmean(scores):.1f}", f"{statistics.median(scores):g}"
        full, zero = scores.count(most), scores.count(0)
        lines.append(say(f"mean {mean} of {most}, median {median}, full marks {full}, zero {zero}",
                         f"{most}점에 평균 {mean}, 중앙값 {median}, 만점 {full}명, 0점 {zero}명"))
    statuses = [report["status"] for _, report in reports]
    missed = [t["id"] for report in graded for t in report["tests"] if t["status"] != "passed"]
    mistakes = [name for report in graded for name in {t["hint"]["id"] for t in report["tests"]} if name]
    for title, names in ((say("status:", "상태:"), statuses),
                         (say("tests that were not passed:", "통과하지 못한 시험:"), missed),
                         (say("mistakes:", "실수:"), mistakes)):
        counts = sorted(collections.Counter(names).items(), key=lambda item: (-item[1], item[0]))
        if counts:
            lines += ["", title, *(f"  {count:4d}  {name}" for name, count in counts)]
    if graded and not any(report["grader"]["secret"] for report in graded):
        lines += ["", say(*grade.NO_SECRET)]
    refused = [(s, r) for s, r in reports if r["status"] != "infra_error" and not r["submission"]["sha256"]]
    broken = [(s, r) for s, r in reports if r["status"] == "infra_error"]
    for title, some in ((say("0 points, as there is no one file:", "파일 하나를 낸 것이 아니어서 0점:"), refused),
                        (say("no grade:", "점수 없음:"), broken)):
        lines += ["", title] if some else []
        lines += [f"  {formats.plain(s.student)}: {formats.plain(r['message'][lang])[:200]}" for s, r in some[:20]]
    return "\n".join(lines) + "\n"


def cores():
    """As many as this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(one, lang):
    """Grade all; returns whether every submission has a grade."""
    given = one.given
    found = submissions(given.folder, one.module)
    if not found:
        raise grade.Failure(f"{given.folder}: no .c file there")
    given.out.mkdir(parents=True, exist_ok=True)
    start, done, new, scores, reports = time.monotonic(), 0, 0, [], {}
    showing = sys.stderr.isatty() and not given.quiet
    pool = concurrent.futures.ThreadPoolExecutor(given.jobs)  # the work is done in the cores' processes
    waiting = {pool.submit(one.grade, submission): submission for submission in found}
    interrupted = False
    try:
        progress(0, len(found), start, scores, showing, lang)
        for future in concurrent.futures.as_completed(waiting):
            report, now = future.result()
            reports[waiting[future].student] = report
            done, new = done + 1, new + now
            if report["status"] != "infra_error":
                scores.append(report["score"])
            progress(done, len(found), start, scores, showing, lang)
    except KeyboardInterrupt:
        interrupted = True
        one.stop.set()
    pool.shutdown(cancel_futures=True)
    told = [(submission, reports.get(submission.student) or one.unknown("not graded yet")) for submission in found]
    text = summary(told, lang)
    formats.write(given.out / "class.csv", class_table(told))
    formats.write(given.out / "summary.txt", text)
    if not given.quiet:
        print(text + f"\n{given.out}/class.csv: {len(told)} lines, {new} graded now, {time.monotonic() - start:.1f} s")
    if interrupted:
        print("interrupted; the same command goes on from here", file=sys.stderr)
    return not interrupted and all(report["status"] != "infra_error" for _, report in told)


def main():
    parser = argparse.ArgumentParser(prog="class", description="Grade a whole class at once.")
    grade.options(parser)
    parser.add_argument("--jobs", type=int, default=cores() + 1,  # one more, as a sandbox's start waits for the kernel
                        help="how many at a time; one more than there are cores")
    parser.add_argument("--regrade", action="store_true", help="grade all again, also what has a grade")
    parser.add_argument("--quiet", action="store_true", help="no progress and no summary")
    parser.add_argument("folder", type=pathlib.Path, help="NAME.c for each student, or NAME/FILE.c")
    given = parser.parse_args()
    wanted = grade.formats_of(parser, given)
    if given.secret and not given.secret.is_file():
        parser.error(f"{given.secret}: no such file")
    if given.jobs < 1:
        parser.error(f"--jobs {given.jobs}: at least 1")
    if not given.folder.is_dir():
        parser.error(f"{given.folder}: no such folder")
    lang = formats.language(given.lang)
    try:
        if given.secret:
            grade.key_of(given.secret)
        good = run(Class(given, wanted, lang), lang)
    except (grade.Failure, OSError) as failure:
        print(f"class: {failure}", file=sys.stderr)
        sys.exit(1)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
