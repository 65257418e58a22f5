#!/usr/bin/env python3
"""check_site.py: check the built site in a browser. usage: check_site.py FOLDER [SCREENSHOTS]

Every page must say what its Markdown file says (check_words.py); every link must lead somewhere, and every page have a
title, a language and a description (check_links.py). Then each page of the book is opened in Chromium, from its file,
as wide as a desk and as narrow as a phone: no error in the console, all formulas drawn, nothing wider than the page, no
code cut and no hole beside it, its sections in the menu (check_site.js). Then the search and the keys are used, and a
page is read without JavaScript and in print. With a second folder, screenshots of the pages are left there.
"""
import pathlib
import re
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import check_links
import check_live
import check_words
import site_pages

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.keys import Keys
except ImportError:
    sys.exit("docs-check: Selenium is missing (python3-selenium); make deps installs it on Debian and Ubuntu")

SIZES = {"desk": (1400, 900), "phone": (390, 844), "paper": (718, 1000)}
SCREENS = ("desk", "phone")
HOLE = 250  # pixels that text and the code beside it may differ in height
LEAST_BESIDE = 0.5  # of the blocks of code
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars")
LOOK = site_pages.text_of(pathlib.Path(__file__).with_suffix(".js"))
HITS = "return [...document.querySelectorAll('#book-hits a')].map(a => [a.getAttribute('href'), a.textContent]);"
FOCUS = """const links = [...document.querySelectorAll('#book-hits a')];
           return document.activeElement.id || links.indexOf(document.activeElement);"""
PRINTED = """const isCut = e => e.scrollWidth > e.clientWidth + 1, find = s => document.querySelector(s);
             const live = [...document.querySelectorAll('.live-bar, .live-box')].some(e => e.checkVisibility());
             return {menu: find('.book-top').checkVisibility() || live,
                     left: find('.contents').getBoundingClientRect().left,
                     cut: [...document.querySelectorAll('.fragment')].filter(isCut).length};"""


class Browser:
    """Chromium, opening pages of the folder."""

    def __init__(self, folder, shots):
        if not shutil.which("chromedriver"):
            sys.exit("docs-check: Chromium's driver is missing (chromium, chromium-driver); "
                     "make deps installs it on Debian and Ubuntu")
        self.folder, self.shots, self.profile, self.opened = folder, shots, tempfile.mkdtemp(), 0
        options = webdriver.ChromeOptions()
        for flag in (*FLAGS, f"--user-data-dir={self.profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
        self.run = self.driver.execute_script

    def close(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def command(self, name, **given):
        self.driver.execute_cdp_cmd(f"Emulation.{name}", given)

    def size(self, name, height=None):
        width, usual = SIZES[name]
        self.command("setDeviceMetricsOverride", width=width, height=height or usual, deviceScaleFactor=1,
                     mobile=name == "phone")

    def open(self, name):
        self.driver.get((self.folder / name).as_uri())
        self.opened += 1

    def press(self, key):
        self.driver.find_element("tag name", "body").send_keys(key)

    def wait(self, script, *given):
        """The script's value, as soon as it is true, or after ten seconds."""
        end = time.monotonic() + 10
        while True:
            found = self.run(script, *given)
            if found or time.monotonic() > end:
                return found
            time.sleep(0.02)

    def arrives(self, name):
        return self.wait("return location.href.endsWith(arguments[0]);", name)

    def page(self, name, size):
        """The problems of one page at one size, and what the browser counted."""
        self.size(size)
        self.open(name)
        self.driver.execute_async_script("document.fonts.ready.then(() => setTimeout(arguments[0], 100));")
        seen = self.run(LOOK, name, HOLE)
        told = [e["message"] for e in self.driver.get_log("browser") if e["level"] in ("SEVERE", "WARNING")]
        # Doxygen writes \( \) and \[ \] for formulas; those in listings are none.
        fragment = re.compile(r'<div class="fragment">.*?</div><!-- fragment -->', re.S)
        wanted = len(re.findall(r"(?<!\\)\\[(\[]", fragment.sub("", site_pages.text_of(self.folder / name))))
        problems = seen["bad"] + [f"console: {message}" for message in told]
        if seen["formulas"] != wanted:
            problems.append(f"{seen['formulas']} formulas drawn of {wanted}")
        if self.shots:
            self.size(size, min(self.run("return document.documentElement.scrollHeight;"), 16000))
            self.driver.save_screenshot(str(self.shots / f"{name[:-5]}-{size}.png"))
        return [f"{name} ({size}): {p}" for p in problems], seen

    def look_for(self, words):
        """Type words into the search of a page. -> its field"""
        self.open("ch04.html")
        field = self.driver.find_element("id", "book-search")
        field.send_keys(words)
        self.wait("return window.BOOK_INDEX !== undefined;")
        return field

    def search(self):
        """The problems of the search."""
        problems, found = [], {}
        self.size("desk")
        for words in ("은닉 상태", "은닉상태", "dhnext", "기울기의 길이", "tanh", "rnn_new", "없는낱말"):
            self.look_for(words)
            found[words] = self.run(HITS)
            if any(re.search(r"\\(?!n\b)[a-z]{2}|\\[()\[\]]|_\{", text) for _, text in found[words]):
                problems.append(f"the search shows LaTeX for {words}")
            if bool(found[words]) == (words == "없는낱말"):
                problems.append(f"the search finds {len(found[words])} places for {words}")
        if [place for place, _ in found["은닉 상태"]][:3] != [place for place, _ in found["은닉상태"]][:3]:
            problems.append("the search finds other places for 은닉상태 than for 은닉 상태")
        field = self.look_for("은닉 상태")
        for key, wanted in (("DOWN", 0), ("DOWN", 1), ("UP", 0), ("UP", "book-search")):
            self.driver.switch_to.active_element.send_keys(getattr(Keys, f"ARROW_{key}"))
            if self.run(FOCUS) != wanted:
                problems.append("the arrow keys do not move among what the search found")
        hits = self.run(HITS)
        field.send_keys(Keys.ENTER)
        if not hits or not self.arrives(hits[0][0]):
            problems.append("Enter does not open what the search found")
        return problems

    def keys(self):
        """The problems of the keys that turn pages."""
        problems = []
        for start, key, wanted in (("ch04.html", "n", "interlude.html"), ("ch04.html", "p", "ch03.html"),
                                   ("index.html", "n", "ch01.html"), ("english.html", "n", "changes.html")):
            self.open(start)
            self.press(key)
            if not self.arrives(wanted):
                problems.append(f"{start}: the key {key} does not lead to {wanted}")
        self.open("ch04.html")
        if not self.run("return document.querySelectorAll('.book-neighbours kbd').length;"):
            problems.append("the keys are not told")
        self.press("/")
        self.driver.switch_to.active_element.send_keys("np")
        if not self.arrives("ch04.html") or self.run("return document.getElementById('book-search').value;") != "np":
            problems.append("a key turns the page while somebody types")
        return problems

    def without_scripts(self):
        """The problems of a page read without JavaScript. (The driver's own scripts still run.)"""
        problems = []
        self.command("setScriptExecutionDisabled", value=True)
        for size in SCREENS:
            self.size(size)
            self.open("ch05.html")
            if size == "phone":
                self.driver.find_element("css selector", "label[for=book-menu]").click()
            for wanted in (".contents p", ".contents .fragment", ".beside-file", ".book-neighbours [rel=next]",
                           '.book-nav a[href="ch10.html"]', ".book-here a" if size == "desk" else ".book-toc summary"):
                if not self.driver.find_element("css selector", wanted).is_displayed():
                    problems.append(f"without JavaScript ({size}): no {wanted}")
            shown = self.run("return document.querySelectorAll('.live-bar, .live-box:not(:empty)').length;")
            if shown:
                problems.append(f"without JavaScript ({size}): {shown} buttons or boxes that do not work")
            if self.driver.find_element("id", "book-search").is_displayed():
                problems.append(f"without JavaScript ({size}): a search that does not work")
        self.command("setScriptExecutionDisabled", value=False)
        return problems

    def print(self):
        """The problems of a printed page."""
        self.size("paper")
        self.command("setEmulatedMedia", media="print")
        self.open("ch05.html")
        seen = self.run(PRINTED)
        self.command("setEmulatedMedia", media="")
        return [f"printed: {seen}"] if seen["menu"] or seen["left"] > 50 or seen["cut"] else []


def check_alive(folder):
    """check_live.check() in a browser of its own, beside the rest, which waits much."""
    browser = Browser(folder, None)
    try:
        return *check_live.check(browser, folder), browser.opened
    finally:
        browser.close()


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    shots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    pages = {p: check_links.Page(p.read_text(encoding="utf-8", errors="replace")) for p in folder.rglob("*.html")}
    problems, blocks = check_words.check(folder)
    found, links = check_links.links(pages)
    problems += found + check_links.heads(folder, pages)
    alive = ThreadPoolExecutor().submit(check_alive, folder)
    browser, counted = Browser(folder, shots), {"formulas": 0, "pairs": 0, "blocks": 0}
    try:
        for page, _, _ in site_pages.pages():
            for size in SCREENS:
                found, seen = browser.page(site_pages.html_of(page), size)
                problems += found
                if size == "desk":
                    counted = {key: counted[key] + seen[key] for key in counted}
        if not 0 < LEAST_BESIDE * counted["blocks"] <= counted["pairs"]:
            problems.append(f"only {counted['pairs']} of {counted['blocks']} blocks of code are beside their text")
        problems += browser.search() + browser.keys() + browser.without_scripts() + browser.print()
    finally:
        browser.close()
    found, live, opened = alive.result()
    problems += found
    for line in problems:
        print(f"FAILED: {line}")
    print(f"site: {blocks} blocks of code as in the lessons, {links} links in {len(pages)} files, "
          f"{counted['formulas']} formulas, {counted['pairs']} of {counted['blocks']} sources beside their text")
    print(live)
    print(f"site: {len(pages) + browser.opened + opened} pages checked, {len(problems)} failed")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
