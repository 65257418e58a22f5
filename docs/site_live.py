"""site_live.py: what the pages of the site need to run the book's programs. Used by site.py and site_filter.py.

The programs are built as WebAssembly by docs/live/live.mk, into BUILD/live. For a page that is opened from a file they
are packed into scripts, which a page may load from there: live/NAME.js calls Live.take("NAME", what it brings).
"""
import base64
import gzip
import json
import os
import pathlib
import re
import shutil
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = TOP / os.environ.get("BUILD", "build")
WASM = BUILD / "live"
HERE = TOP / "docs/live"
IN_WORKER = ("wasi.js", "worker.js")
COMPILER = BUILD / "live-npm/packed"  # site_clang.py
PRINTED = re.compile(r"^(?:(\S+)\.)?expected\.(?:ko|en)\.txt$")


def programs():
    """The programs that a page can run: name -> file."""
    listed = WASM / "list"
    return {name: WASM / name for name in listed.read_text().split()} if listed.is_file() else {}


def has(name):
    """Can a page have the box NAME? To write takes a compiler."""
    return bool(programs()) and (name != "write" or COMPILER.is_dir())


def program_of(path):
    """(name, arguments) of the program that prints the expected output PATH, or None if no page can run it."""
    match = PRINTED.match(path.name)
    if not match:
        return None
    name = match[1] or re.sub(r"^\d+-", "", path.parent.name)
    # check-gradients has in its name the chapter that it is linked with.
    built = [p for p in programs() if re.fullmatch(re.escape(name) + r"(-\d+)?", p)]
    arguments = path.parent / f"{match[1] + '.' if match[1] else ''}expect.args"
    said = arguments.read_text(encoding="utf-8").replace("TMP/", "").strip() if arguments.is_file() else ""
    return (built[0], said) if built else None


def expected():
    """name of a program -> (its arguments, {language: file of what it prints})"""
    found = {}
    for path in sorted(TOP.glob("chapters/**/*expected.*.txt")):
        if made := program_of(path):
            files = found.setdefault(made[0], (made[1], {}))[1]
            files[path.name.split(".")[-2]] = path
    return found


def packed(data):
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()


def text_name(path):
    """The script that brings a file which programs read."""
    return "file-" + path.stem.replace("_", "-")


def kits(script):
    """Pack what a reader's file of each assignment is compiled and linked with, and what it is asked."""
    sys.path.insert(0, str(TOP / "tests/grade/course"))
    import blank  # pylint: disable=import-outside-toplevel
    import release  # pylint: disable=import-outside-toplevel
    headers, pages = {}, {f.name[3:]: f"ch{f.name[:2]}" for f in TOP.glob("chapters/[0-9][0-9]-*")}
    for folder in [TOP / "common", *sorted(TOP.glob("chapters/[0-9][0-9]-*"))]:
        headers |= {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.h"))}
        kit = WASM / f"page-kit-{folder.name[:2].lstrip('0')}.o"
        if not kit.is_file():
            continue
        number = int(folder.name[:2])
        starter = blank.modules(number)[0]
        script(f"kit-{number}", {
            "name": starter.name, "starter": starter.read_text(encoding="utf-8"), "rest": packed(kit.read_bytes()),
            "pages": pages, "headers": packed(json.dumps(headers).encode()),
            # A backward pass is judged by the checker; the others answer questions.
            "questions": None if starter.name == "backward.c"
            else packed(release.questions(folder.name[3:], BUILD / "grade-kit"))})


def put(folder):
    """Pack all of it into FOLDER. Returns whether there is anything to run."""
    built, printed = programs(), expected()
    if not built:
        return False
    folder.mkdir(parents=True)

    def script(name, what):
        text = f"Live.take({json.dumps(name)}, {json.dumps(what, ensure_ascii=False)});\n"
        (folder / f"{name}.js").write_text(text, encoding="utf-8")

    texts = [p for pattern in ("*.tsv", "texts/*.txt") for p in sorted(TOP.glob("chapters/[0-9][0-9]-*/" + pattern))]
    for path in texts:
        script(text_name(path), packed(path.read_bytes()))
    for name, path in built.items():
        arguments, files = printed.get(name, ("", {}))
        wasm = path.read_bytes()
        # A file whose name stands in the program, or in its arguments.
        read = {str(p.relative_to(TOP)): text_name(p) for p in texts
                if str(p.relative_to(TOP)).encode() in wasm + arguments.encode()}
        told = {language: packed(file.read_bytes()) for language, file in files.items()}
        script(name, {"wasm": packed(wasm), "files": read, "expected": told})
    script("worker", "".join((HERE / name).read_text(encoding="utf-8") for name in IN_WORKER))
    if COMPILER.is_dir():
        kits(script)
        own = (HERE / "clang-worker.js").read_text(encoding="utf-8")
        script("clang-worker", (COMPILER / "bundle").read_text(encoding="utf-8") + own)
        for path in COMPILER.glob("*.js"):
            os.link(path, folder / path.name)
    for path in [*HERE.glob("*.css"), *HERE.glob("*.js")]:
        if path.name not in (*IN_WORKER, "clang-worker.js"):
            shutil.copyfile(path, folder / path.name)
    return True
