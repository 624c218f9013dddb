"""Drives a headless Chromium over its debugging pipe; needs nothing beside Python and Chromium."""

import base64
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

# Generous: a browser on a busy machine takes seconds to start.
LIMIT_SECONDS = 60


def executable():
    """Where Chromium lies; None if there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for path in map(shutil.which, names) if path), None)


class Browser:
    """One browser with one page."""

    def __init__(self, *options, width=1000, height=800):
        self.profile = tempfile.mkdtemp(prefix="downhill-browser-")
        to_browser, from_here = os.pipe()
        to_here, from_browser = os.pipe()

        def connect():
            # The browser reads commands from 3 and writes answers to 4.
            # dup onto high numbers first, so that neither overwrites the other.
            reading, writing = os.dup2(to_browser, 103), os.dup2(from_browser, 104)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            [executable(), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-dev-shm-usage", "--hide-scrollbars", "--disable-background-networking",
             f"--user-data-dir={self.profile}", f"--window-size={width},{height}",
             "--remote-debugging-pipe", *options],
            preexec_fn=connect, pass_fds=(3, 4), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.out, self.into = os.fdopen(from_here, "wb", 0), os.fdopen(to_here, "rb", 0)
        self.numbers, self.answers, self.news = itertools.count(1), {}, threading.Condition()
        self.events = []
        threading.Thread(target=self.listen, daemon=True).start()
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        self.size(width, height)

    def listen(self):
        rest = b""
        while chunk := self.into.read(1 << 16):
            *messages, rest = (rest + chunk).split(b"\0")
            for message in map(json.loads, messages):
                with self.news:
                    if "id" in message:
                        self.answers[message["id"]] = message
                    else:
                        self.events.append(message)
                    self.news.notify_all()

    def send(self, method, **parameters):
        """Sends a command and gives its result."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        if getattr(self, "session", None):
            message["sessionId"] = self.session
        self.out.write(json.dumps(message).encode() + b"\0")
        with self.news:
            if not self.news.wait_for(lambda: number in self.answers, LIMIT_SECONDS):
                raise TimeoutError(f"no answer to {method}")
            answer = self.answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def size(self, width, height):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 500)

    def dark(self, is_dark):
        self.send("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}])

    def open(self, url):
        """Opens a page and waits until it is loaded."""
        self.send("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def value(self, expression):
        """What an expression comes to on the page; waits for promises."""
        result = self.send("Runtime.evaluate", expression=expression, awaitPromise=True,
                           returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description", expression))
        return result["result"].get("value")

    def wait(self, expression, seconds=LIMIT_SECONDS):
        """Waits until an expression is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.value(expression):
                    return
            except RuntimeError:
                pass  # Between two pages there is none to ask.
            time.sleep(0.05)
        raise TimeoutError(f"never true: {expression}")

    def picture(self, path, whole=True):
        """Writes the page as a PNG. A page that was opened just now may not be laid out yet."""
        self.wait("document.readyState === 'complete' && document.body.offsetWidth > 0")
        for attempt in range(10):
            try:
                data = self.send(
                    "Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
                break
            except RuntimeError:
                if attempt == 9:
                    raise
                time.sleep(0.2)
        Path(path).write_bytes(base64.b64decode(data))

    def complaints(self):
        """Errors that the page caused, as of a broken policy or script."""
        kinds = ("Runtime.exceptionThrown",)
        return [event["params"] for event in self.events
                if event["method"] in kinds or event["method"] == "Log.entryAdded"
                and event["params"]["entry"]["source"] in ("security", "javascript")]

    def close(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
