#!/usr/bin/env python3
"""check_firefox.py: check_live.py in Firefox, as it checks in Chromium. usage: check_firefox.py FOLDER

Debian's firefox-esr has no driver there; it speaks WebDriver BiDi itself, over a WebSocket, when it is started with
--remote-debugging-port. Not part of .ci/run, because Firefox takes a while to install: make docs-firefox.
"""
import itertools
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import check_live

try:
    import wsproto
    from wsproto.events import AcceptConnection, CloseConnection, Request, TextMessage
except ImportError:
    sys.exit("docs-firefox: python3-wsproto is missing (python3-selenium brings it)")

PATIENCE = 60  # seconds for Firefox to start
# The scripts of check_live.py take their arguments and a function for their result, as Selenium calls them.
CALL = """async (given) => JSON.stringify(await new Promise((done) => {
    (function () {%s}).apply(null, [...JSON.parse(given), done]);
}))"""


class Firefox:
    """Firefox, opening pages of the folder, with what check_live.py asks of a browser and its driver."""

    def __init__(self, folder):
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        if not program:
            sys.exit("docs-firefox: Firefox is missing (firefox-esr)")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.folder, self.driver, self.events, self.numbers = folder, self, [], itertools.count()
        self.profile = tempfile.mkdtemp()
        self.process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", self.profile, "--remote-debugging-port", str(port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.texts = []
        self.socket = self.connect(port)
        self.ws = wsproto.WSConnection(wsproto.ConnectionType.CLIENT)
        self.send(Request(host=f"127.0.0.1:{port}", target="/session"))
        self.receive(AcceptConnection)
        self.version = self.ask("session.new", capabilities={})["capabilities"]["browserVersion"]
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        self.ask("session.subscribe", events=["log.entryAdded"])

    def connect(self, port):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port))
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def send(self, event):
        self.socket.sendall(self.ws.send(event))

    def receive(self, kind):
        """Wait for an event of this kind; -> the text of a message."""
        while True:
            for event in self.ws.events():
                if isinstance(event, CloseConnection):
                    sys.exit("docs-firefox: Firefox has closed the connection")
                if isinstance(event, TextMessage):
                    self.texts.append(event.data)
                if isinstance(event, kind) and getattr(event, "message_finished", True):
                    text, self.texts = "".join(self.texts), []
                    return text
            self.ws.receive_data(self.socket.recv(1 << 16) or None)

    def ask(self, method, **given):
        number = next(self.numbers)
        self.send(TextMessage(data=json.dumps({"id": number, "method": method, "params": given})))
        while True:
            told = json.loads(self.receive(TextMessage))
            if told.get("id") == number:
                if told["type"] == "error":
                    raise RuntimeError(f"{method}: {told['error']}: {told['message']}")
                return told["result"]
            self.events.append(told)

    def open(self, name):
        self.ask("browsingContext.navigate", context=self.context, url=(self.folder / name).as_uri(), wait="complete")

    def size(self, _):
        self.ask("browsingContext.setViewport", context=self.context, viewport={"width": 1400, "height": 900})

    def set_script_timeout(self, seconds):
        self.socket.settimeout(seconds)

    def execute_async_script(self, script, *given):
        told = self.ask("script.callFunction", functionDeclaration=CALL.replace("%s", script), awaitPromise=True,
                        target={"context": self.context}, arguments=[{"type": "string", "value": json.dumps(given)}])
        if told["type"] != "success":
            raise RuntimeError(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"])

    def get_log(self, _):
        logged = [e["params"] for e in self.events if e.get("method") == "log.entryAdded"]
        return [{"level": "SEVERE", "message": e["text"]} for e in logged if e["level"] == "error"]

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1]).resolve()
    browser = Firefox(folder)
    try:
        problems, told = check_live.check(browser, folder)
    finally:
        browser.close()
    for line in problems:
        print(f"FAILED: {line}")
    print(told)
    print(f"Firefox {browser.version}: {len(problems)} failed")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
