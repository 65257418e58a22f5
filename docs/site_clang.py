#!/usr/bin/env python3
"""site_clang.py: pack the compiler that runs in a page. usage: site_clang.py GEN OUT SYSROOT BUILTINS

GEN has LLVM as WebAssembly (npm: @yowasp/clang). A page gets it as scripts, which may be loaded from a file, too: the
large part in pieces, so that the page can tell how much of it is there; beside it a small system of headers, libc and
the compiler's own library BUILTINS, and the package's script.
"""
import base64
import gzip
import io
import json
import pathlib
import re
import sys
import tarfile

PIECE = 4_000_000  # letters of a piece
OWN_HEADERS = re.compile(r"include/(std\w*|__std\w*|float|__float\w*|limits|tgmath|iso646|inttypes)\.h")


def packed(data):
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()


def system(gen, sysroot, builtins):
    """The files below /usr: path -> bytes."""
    files = {}
    with tarfile.open(gen / "llvm-resources.tar") as tar:
        for member in tar:
            name = member.name.removeprefix("./")
            if member.isfile() and OWN_HEADERS.fullmatch(name):
                files[name] = tar.extractfile(member).read()
    for path in sorted((sysroot / "include/wasm32-wasi").rglob("*.h")):
        name = path.relative_to(sysroot)
        if "c++" not in name.parts:
            files[str(name)] = path.read_bytes()
    for name in ("libc.a", "crt1-command.o"):
        files[f"lib/{name}"] = (sysroot / "lib/wasm32-wasi" / name).read_bytes()
    files["lib/builtins.a"] = builtins.read_bytes()
    return files


def archive(files):
    """A tar archive as the package reads it: names of folders end without a slash."""
    folders = sorted({str(p) for name in files for p in pathlib.PurePosixPath(name).parents if str(p) != "."})
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in folders:
            member = tarfile.TarInfo(name)
            member.type, member.mode = tarfile.DIRTYPE, 0o755
            tar.addfile(member)
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    raw, at = bytearray(made.getvalue()), 0
    while raw[at]:
        name = raw[at:at + 100].rstrip(b"\0")
        size = int(raw[at + 124:at + 136].rstrip(b"\0 ") or b"0", 8)
        if name.endswith(b"/"):
            raw[at + len(name) - 1] = 0
        at += 512 + (size + 511) // 512 * 512
    return bytes(raw)


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    gen, out, sysroot, builtins = map(pathlib.Path, sys.argv[1:])
    out.mkdir(parents=True)

    def script(name, what):
        text = f"Live.take({json.dumps(name)}, {json.dumps(what, ensure_ascii=False)});\n"
        (out / f"{name}.js").write_text(text, encoding="utf-8")

    core = packed((gen / "llvm.core.wasm").read_bytes())
    pieces = [core[at:at + PIECE] for at in range(0, len(core), PIECE)]
    for k, piece in enumerate(pieces):
        script(f"clang-{k}", piece)
    parts = {path.name: packed(path.read_bytes()) for path in sorted(gen.glob("llvm.core?*.wasm"))}
    parts["llvm-resources.tar"] = packed(archive(system(gen, sysroot, builtins)))
    # The package is a module; a worker from a file has to be a script. (site_live.py adds what it works for.)
    bundle = (gen / "bundle.js").read_text(encoding="utf-8").replace("import.meta.url", '"http://page/"')
    bundle, exported = re.subn(r"\nexport \{([^}]*)\};\s*$", r"\nvar Clang = {\1};\n", bundle)
    if exported != 1:
        sys.exit("site_clang.py: the package's bundle exports in another way than expected")
    (out / "bundle").write_text("self.fetch = (url) => self.liveFetch(url);\n" + bundle, encoding="utf-8")
    script("clang", {"pieces": len(pieces), "bytes": len(core), "parts": parts})


if __name__ == "__main__":
    main()
