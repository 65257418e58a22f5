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

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = TOP / os.environ.get("BUILD", "build")
WASM = BUILD / "live"
HERE = TOP / "docs/live"
IN_WORKER = ("wasi.js", "worker.js")
PRINTED = re.compile(r"^(?:(\S+)\.)?expected\.(?:ko|en)\.txt$")


def programs():
    """The programs that a page can run: name -> file."""
    listed = WASM / "list"
    return {name: WASM / name for name in listed.read_text().split()} if listed.is_file() else {}


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
    for path in [*HERE.glob("*.css"), *HERE.glob("*.js")]:
        if path.name not in IN_WORKER:
            shutil.copyfile(path, folder / path.name)
    return True
