#!/usr/bin/env python3
"""prose.py: the prose of this book's Korean lessons at one commit, as a text to learn from.

    prose.py COMMIT > lessons.txt

Left out: fenced blocks (code, output, displayed formulas), HTML comments and tags, tables, pictures. Of links and of what
is bold, code or a formula the words stay, without the marks. One line of a lesson is one line of the text; empty lines are
left out.
"""
import re
import subprocess
import sys
import unicodedata


def git(*words):
    return subprocess.run(["git", *words], check=True, capture_output=True, encoding="utf-8").stdout


def prose(markdown):
    markdown = re.sub(r"^( *)(```+).*?^\1\2 *$", "", markdown, flags=re.M | re.S)
    markdown = re.sub(r"<!--.*?-->", "", markdown, flags=re.S)
    for line in markdown.splitlines():
        if line.lstrip().startswith(("|", "![")):
            continue
        line = re.sub(r"</?[a-z][^>]*>", "", line)  # <a id="...">
        line = re.sub(r"^[ >]*(#+ |[-*] |\d+\. )?", "", line)
        line = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
        line = re.sub(r"\$`(.*?)`\$", r"\1", line)
        line = re.sub(r"\*\*|`", "", line).strip()
        if line:
            yield unicodedata.normalize("NFC", line)


commit = sys.argv[1]
names = git("ls-tree", "-r", "--name-only", commit, "chapters").splitlines()
for name in sorted(n for n in names if n.endswith("/README.md")):
    for found in prose(git("show", f"{commit}:{name}")):
        print(found)
