"""check_live.py: check in the browser that the programs of the site's pages run. Used by check_site.py.

From files, as a reader without a server has them: each page's programs are run by their buttons and must print what the
book shows, in both languages; every further button is pressed, and stopped. A training must give the native program's
bits, and files that are written in the page the verdicts that they deserve. What is loaded must stay small.
"""
import base64
import math
import pathlib
import re
import subprocess
import tempfile

import site_live
import site_pages

MOST_START, MOST_PROGRAM, MOST_ALL, MOST_COMPILER = 30_000, 160_000, 2_000_000, 35_000_000  # bytes
# Press all buttons, two at a time: of those programs that were not seen before to the end, else until they have begun.
PRESS = """
const [before, done] = arguments, found = [], seen = new Set(before);
const queue = [...document.querySelectorAll('.live-run')];
const until = async (f) => { while (!f()) await new Promise(r => setTimeout(r, 5)); };
async function press(block) {
    const button = block.querySelector('button'), name = block.dataset.program, first = !seen.has(name);
    seen.add(name);
    const label = button.textContent;
    button.click();
    if (!first) {
        await until(() => button.textContent !== label || block.liveResult);
        if (!block.liveResult) button.click();
    }
    await until(() => block.liveResult && button.textContent === label);
    const how = block.liveResult, says = block.querySelector('.live-says').textContent;
    if (first ? !how.same : !how.same && !how.stopped) found.push(name + ': ' + says);
}
async function work() { while (queue.length) await press(queue.shift()); }
const count = queue.length;
Promise.all([work(), work()]).then(() => done([count, found, [...seen]]), e => done([count, [String(e)], []]));
"""
# Run programs by name, two at a time: [name, arguments].
RUN = """
const [list, done] = arguments, found = [];
async function work() {
    while (list.length) {
        const [name, args] = list.shift();
        let text = '';
        const how = await Live.runProgram(name, args, {}, (stream, part) => { if (stream === 1) text += part; });
        if (how.trap || text !== (await Live.program(name)).expected) found.push(name + ' differs ' + (how.trap || ''));
    }
}
Promise.all([work(), work()]).then(() => done(found), e => done([String(e)]));
"""
# Train on a text from a checkpoint, or from the start, to an iteration: the checkpoint's bytes then.
TRAIN = """
const [text, hidden, saved, last, done] = arguments, box = document.querySelector('[data-live=train]');
const until = async (f) => { while (!f()) await new Promise(r => setTimeout(r, 5)); };
(async () => {
    await until(() => box.live);
    const [, texts] = box.querySelectorAll('select'), [size, ] = box.querySelectorAll('input[type=range]');
    texts.value = text;
    size.value = hidden;
    await box.live.begin(saved && Uint8Array.from(atob(saved), c => c.charCodeAt(0)), last);
    await until(() => box.live.points().some(p => p[0] === last));
    const bytes = await box.live.saved();
    return btoa(Array.from(bytes, c => String.fromCharCode(c)).join(''));
})().then(done, e => done(String(e)));
"""
# Page, native program, text, options. char-rnn tests at iteration 100, and may lower its learning rate then.
TRAININGS = [("ch08", "min-char-rnn", "aegukga", ["--sample-every", "0"]),
             ("ch15", "char-rnn", "sokdam", ["--sample-length", "0"])]
HIDDEN = 30


def weights(folder):
    """What is too large."""
    sizes = {p.name: p.stat().st_size for p in (folder / "live").iterdir()}
    start = sizes["live.js"] + sizes["live.css"]
    programs = {name: path.stat().st_size for name, path in site_live.programs().items()}
    scripts = sum(sizes[name + ".js"] for name in programs)
    problems = [f"live/{name}: {size} bytes of WebAssembly" for name, size in programs.items() if size > MOST_PROGRAM]
    if start > MOST_START:
        problems.append(f"live: {start} bytes to begin with")
    if scripts > MOST_ALL:
        problems.append(f"live: {scripts} bytes in all programs")
    compiler = sum(size for name, size in sizes.items() if name.startswith("clang"))
    if compiler > MOST_COMPILER:
        problems.append(f"live: the compiler has {compiler} bytes")
    largest = max(programs.values())
    return problems, f"{start} bytes at the start of a page, {largest} the largest program, {scripts} in all, " \
                     f"{compiler} the compiler"


def training(browser, page, program, text, options):
    """What differs between a training in the page and one by the native program, each continued by the other."""
    problems = []
    browser.open(f"{page}.html")

    def here(saved, last):
        given = base64.b64encode(saved).decode() if saved else None
        made = browser.driver.execute_async_script(TRAIN, f"file-{text}", HIDDEN, given, last)
        return base64.b64decode(made) if re.fullmatch(r"[A-Za-z0-9+/=]+", made) else made

    with tempfile.TemporaryDirectory() as made:
        def native(saved, last):
            run, old = pathlib.Path(made) / "run.npy", pathlib.Path(made) / "old.npy"
            command = [site_live.BUILD / program, "train", f"chapters/08-min-char-rnn/texts/{text}.txt", "--quiet",
                       "--force", "--iterations", str(last), "--checkpoint", run, *options]
            if saved:
                old.write_bytes(saved)
                command += ["--resume", old]
            else:
                command += ["--hidden", str(HIDDEN)]
            subprocess.run(command, cwd=site_live.TOP, check=True, stdout=subprocess.DEVNULL)
            return run.read_bytes()

        both = {last: (here(None, last), native(None, last)) for last in (75, 150)}
        both["75, then natively 150"] = (native(both[75][0], 150), both[150][1])
        both["natively 75, then 150"] = (here(both[75][1], 150), both[150][1])
    for name, (a, b) in both.items():
        if a != b:
            problems.append(f"{page}.html: the checkpoint of iteration {name} is not that of {program}")
    return problems, len(both)


# A panel, when its numbers are there: its data, and what is seen of all steps and then of one, two, three: how many
# numbers, and how many different pictures and texts.
STEPS = """
const [name, done] = arguments, box = document.querySelector(`[data-live=${name}]`);
const until = async (f) => { while (!f()) await new Promise(r => setTimeout(r, 5)); };
(async () => {
    box.scrollIntoView();
    await until(() => box.liveData);
    const select = box.querySelector('select'), seen = [], looks = new Set(), first = box.liveData;
    function look() {
        seen.push(box.querySelectorAll('td:not(.live-unseen) .live-vector span').length);
        looks.add(box.querySelector('.live-unrolled').innerHTML + box.querySelector('.live-says').textContent);
    }
    look();
    for (let k = 0; k < 3; k++) {
        box.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
        look();
    }
    if (name === 'unrolled') {
        select.value = 'post';
        select.onchange();
        await until(() => box.liveData !== first);
    }
    return [box.liveData, seen, looks.size];
})().then(done, e => done([{}, [], String(e)]));
"""


def unrolled(browser):
    """What is wrong with the unrolled network: its numbers, which the lessons show, and its steps."""
    problems = []
    for page in ("ch02.html", "ch03.html", "ch04.html"):
        browser.open(page)
        data, seen, _ = browser.driver.execute_async_script(STEPS, "unrolled")
        if not seen[0] > seen[3] > seen[2] > seen[1] > 0:
            problems.append(f"{page}: the unrolled network shows {seen} numbers, all and then step by step")
        printed = site_pages.text_of(site_live.TOP / "chapters/03-one-hop/expected.ko.txt")
        for key in ("dh", "dhraw"):
            wanted = " ".join(f"{x: .8f}" for x in data["naive"][4][key]).replace(" -", "-")
            if wanted.replace(" ", "") not in printed.replace(" ", ""):
                problems.append(f"{page}: the unrolled network's {key} is not that of chapter 3: {wanted}")
    return problems


def near(a, b):
    return len(a) == len(b) and all(abs(x - y) <= 1e-7 * max(1, abs(x), abs(y)) for x, y in zip(a, b))


def clipped(data):
    """Is what the panel of chapter 5 shows what the chapter says? The others likewise."""
    return all(near(s["value"], [max(-1, min(1, g)) for g in s["g"]])
               and near(s["norm"], [g / max(1, math.hypot(*s["g"])) for g in s["g"]])
               and near([s["norm_cosine"]], [1]) and s["value_cosine"] < 1 for s in data["steps"])


def stepped(data):
    mem = [0, 0]
    for k, s in enumerate(data["steps"]):
        mem = [m + g * g for m, g in zip(mem, s["g"])]
        rates = [0.1 / math.sqrt(m + 1e-8) for m in mem]
        if not (near(s["mem"], mem) and near(s["step"], [-r * g for r, g in zip(rates, s["g"])])
                and all(abs(a / b - 1) < 1e-6 for a, b in zip(s["rate"], rates))
                and near(s["descent"], [-0.1 * g for g in s["g"]]) and (s["g"][0] != 0) == (k % data["words"] == 0)):
            return False
    return mem[0] != 0


def tempered(data):
    printed = site_pages.text_of(site_live.TOP / "chapters/07-sample/expected.ko.txt").splitlines()
    rows = [[f"{s['temperature']:g}", *(f"{p:.3f}" for p in s["p"]), f"{s['entropy']:.3f}"] for s in data["steps"]]
    return len(rows) == 6 and all(row in [line.split() for line in printed] for row in rows)


def gated(data):
    before = [0] * 4
    for s in data["steps"]:
        if not (near(s["c"], [f * c + g * i for f, c, g, i in zip(s["f"], before, s["g"], s["i"])])
                and near(s["h"], [o * math.tanh(c) for o, c in zip(s["o"], s["c"])])):
            return False
        before = s["c"]
    return len(data["steps"]) == len("vector")


def looked(browser):
    """What is wrong with the panels of later chapters."""
    problems = []
    for page, is_right in (("ch05", clipped), ("ch06", stepped), ("ch07", tempered), ("ch11", gated)):
        browser.open(f"{page}.html")
        data, _, looks = browser.driver.execute_async_script(STEPS, "look")
        if looks != 4 or not is_right(data):
            problems.append(f"{page}.html: the panel's numbers are wrong, or its steps look alike ({looks})")
    return problems


# Check a text in the editor of a page: the verdict, what was printed, and the marked lines. The boxes of other pages
# are made in this one, where the compiler is.
WRITE = """
const [page, text, done] = arguments;
let box = document.querySelector(`[data-live=write][data-page=${page}]`);
const until = async (f) => { while (!f()) await new Promise(r => setTimeout(r, 5)); };
(async () => {
    if (!box) {
        box = Live.make('div', 'live-box', document.body);
        Object.assign(box.dataset, { live: 'write', page });
        (await Live.script('write'))(box);
    }
    await until(() => box.querySelector('button'));
    if (!box.live) box.querySelector('button').click();
    await until(() => box.live);
    box.live.set(text);
    box.live.check();
    await until(() => box.liveVerdict);
    const { good, text: told, output } = box.liveVerdict;
    return [good, told, output || '', [...box.querySelectorAll('.live-wrong')].map(e => +e.textContent)];
})().then(done, e => done([false, String(e), '', []]));
"""
# Backward passes for chapter 4: what is replaced in ours, and what has to be said of it, in the verdict or the output.
PASSES = [
    ("", "", "✓ right"),
    ("        mat_add(dh, dhnext);", "", "named: no-dhnext"),
    ("mat_dtanh(dhraw, tr->hs[t], dh);", "mat_copy(dhraw, dh);", "named: no-tanh"),
    ("mat_set_atx(dhnext, net->Whh, dhraw);", "mat_add_ax(mat_zero(dhnext), net->Whh, dhraw);",
     "named: dhnext-not-transposed"),
    ("mat_add(dh, dhnext);", "mat_add(dh, dhnext)", "컴파일되지 않았습니다"),
    ("dy->v[targets[t]] -= 1;", "dz->v[targets[t]] -= 1;", "컴파일되지 않았습니다"),
    ("mat_add(dh, dhnext);", "mat_ad2(dh, dhnext);", "컴파일되지 않았습니다"),
    ("mat_add(dh, dhnext);", "for (;;) mat_add(dh, dhnext);", "끝나지 않는 반복문이 있습니까?"),
    ("dy->v[targets[t]] -= 1;", "dy->v[targets[t] + 100000000] -= 1;", "번호가 행렬 밖을 가리키거나"),
    ("mat_add(dh, dhnext);", "mat *none = NULL; none->v[0] = 1;", "NULL인 포인터를 따라갑니다"),
    ("mat_add(d->by, dy);", "mat_add(d->bh, dy);", "크기가 맞지 않는 행렬"),
    ("mat_add(dh, dhnext);", "exit(0);", "프로그램을 끝냈습니다(exit())"),
    ("mat_add(dh, dhnext);", "rnn_backward(net, tr, targets, d, w); dh->v[0] += 1;", "끝없이 자신을 부르거나"),
]


def written(browser):
    """What is wrong with the verdicts on files that are written in the page, and how many were looked at."""
    if not site_live.has("write"):
        return [], 0
    problems, count = [], 0

    def check_one(page, text, wanted, marks=None):
        good, told, output, lines = browser.driver.execute_async_script(WRITE, page, text)
        if wanted not in told + "\n" + output or good != told.startswith("✓") or marks not in (None, lines):
            problems.append(f"{page}: “{wanted}” is not said of a file, but “{told}”, {lines}: {output[:300]}")

    browser.open("ch04.html")
    right = site_pages.text_of(site_live.TOP / "chapters/04-bptt/backward.c")
    for old, new, wanted in PASSES:
        text = right.replace(old, new).replace('"backward.h"', '"backward.h"\n#include <stdlib.h>', 1)
        wrong = [text[:text.index(new)].count("\n") + 1] if wanted.startswith("컴파일") else None
        check_one("ch04", text, wanted, wrong)
        count += 1
    # Each other assignment, written as we write it, and not written.
    for kit in sorted(site_live.WASM.glob("page-kit-*.o")):
        chapter = next(site_live.TOP.glob(f"chapters/{int(kit.stem.split('-')[-1]):02d}-*"))
        starter = next(chapter.glob("starter/*.c"))
        if chapter.name == "04-bptt":
            continue
        page = f"ch{chapter.name[:2]}"
        if 'data-live="write"' not in site_pages.text_of(browser.folder / f"{page}.html"):
            problems.append(f"{page}.html: has no editor")
        check_one(page, site_pages.text_of(chapter / starter.name), "✓")
        check_one(page, site_pages.text_of(starter), "not one of" if starter.name == "backward.c" else "점")
        count += 2
    return problems, count


def check(browser, folder):
    """(problems, what was looked at) of the live things; of nothing where they were not built."""
    if not site_live.programs():
        return [], "live: not built, nothing to press"
    problems, told = weights(folder)
    pressed, seen = 0, []
    browser.driver.set_script_timeout(300)
    browser.size("desk")
    for page, _, _ in site_pages.pages():
        name = site_pages.html_of(page)
        if 'class="live-run"' in site_pages.text_of(folder / name):
            browser.open(name)
            count, found, seen = browser.driver.execute_async_script(PRESS, seen)
            pressed += count
            problems += [f"{name}: {what}" for what in found]
    trained = 0
    for given in TRAININGS:
        found, count = training(browser, *given)
        problems += found
        trained += count
    problems += unrolled(browser) + looked(browser)
    found, judged = written(browser)
    problems += found
    # Most pages are in Korean; so the programs are run once more in an English one.
    browser.open("english.html")
    listed = [[name, arguments.split()] for name, (arguments, _) in site_live.expected().items()]
    problems += browser.driver.execute_async_script(RUN, listed)
    problems += [f"live: {e['message']}" for e in browser.driver.get_log("browser") if e["level"] == "SEVERE"]
    return problems, (f"live: {pressed} buttons pressed, {len(listed)} programs run in English, "
            f"{trained} trainings compared, {judged} written files judged, {told}")
