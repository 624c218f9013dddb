"""Looks at the live page in a real browser: it opens, follows, filters, compares, survives a reload
and a new start of the server; other origins and hosts get nothing; large histories stay fluid.

Ends with 0 if everything holds, and if there is no Chromium, which it says. Times are measured and
told; with --strict, for a machine that does nothing else, one beyond its limit fails as well.
"""

import http.server
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import browser

PROJECT = Path(__file__).resolve().parent.parent
DOWNHILL = Path(os.environ.get("DOWNHILL", PROJECT / ".build/release/downhill"))
EXAMPLE = PROJECT / "Examples/digits-rate-too-high"
OUT = PROJECT / "out"
# What a thousand runs and a million points may take, in milliseconds.
LIST_LIMIT, CHART_LIMIT = 200, 500

failures = []


def check(what, holds, detail=""):
    print(f"{'ok    ' if holds else 'FAILED'} {what}{'  ' + str(detail) if detail else ''}", flush=True)
    if not holds:
        failures.append(what)


def measure(what, milliseconds, limit):
    is_strict = "--strict" in sys.argv
    print(f"{'ok    ' if milliseconds < limit else 'SLOW  '} {what}: {milliseconds:.0f} ms "
          f"(limit {limit} ms)", flush=True)
    if milliseconds >= limit and is_strict:
        failures.append(what)


class Page:
    """The server over a history of its own."""

    def __init__(self, history):
        self.history = history
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [DOWNHILL, "serve", "--history", self.history], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().strip()

    def stop(self):
        self.process.kill()
        self.process.wait()


def run(*arguments, history):
    return subprocess.run([DOWNHILL, *arguments, "--history", history], capture_output=True, text=True)


class Attacker(http.server.BaseHTTPRequestHandler):
    """A page of another origin that tries to read ours, and even knows its address."""

    target = ""

    def do_GET(self):
        body = f"""<!DOCTYPE html><title>attacker</title><script>
          window.got = [];
          const target = {self.target!r};
          window.done = Promise.all([
            fetch(target).then(r => r.text()).then(t => got.push('fetch')).catch(() => 0),
            fetch(target, {{mode: 'no-cors'}}).then(r => r.text())
              .then(t => t && got.push('no-cors')).catch(() => 0),
            new Promise(end => {{ const e = new EventSource(target + 'events');
              e.onmessage = () => {{ got.push('events'); end(); }}; e.onerror = () => end(); }}),
            new Promise(end => {{ const s = document.createElement('script');
              s.src = target + 'page.js'; s.onload = () => {{ got.push('script'); end(); }};
              s.onerror = end; document.head.append(s); }}),
            new Promise(end => {{ const f = document.createElement('iframe'); f.src = target;
              f.onload = () => {{ try {{ if (f.contentDocument.body.textContent.includes('Runs'))
                got.push('frame'); }} catch {{}} end(); }}; document.documentElement.append(f); }}),
          ]);
        </script>""".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def fill(history, runs, points):
    """A thousand runs, and one with a million points, put in beside the program."""
    database = sqlite3.connect(history)
    now = time.time()
    database.executemany(
        "INSERT INTO run (kind, subject, started, updated, status, verdict, headline, cause, loss,"
        " version, settings, host, process) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [("diagnose", f"models/network-{n}.keras", now - n, now - n, "finished",
          ("fault", "healthy")[n % 2], "a headline", "learning-rate-high" if n % 2 == 0 else None,
          1 / (n + 1), "0", '{"optimizer":"SGD"}', "elsewhere", 1) for n in range(runs)])
    number = database.execute("SELECT max(id) FROM run").fetchone()[0]
    for name in ("loss", "val_loss"):
        database.execute("INSERT INTO series (run, name) VALUES (?, ?)", (number, name))
    series = [row[0] for row in database.execute("SELECT id FROM series WHERE run = ?", (number,))]
    for index, one in enumerate(series):
        database.executemany(
            "INSERT INTO point VALUES (?, ?, ?)",
            ((one, step, 2.3 / (1 + step / 1e5) + ((step * 7919) % 1000) / 5e3 + index / 10)
             for step in range(1, points // len(series) + 1)))
    database.commit()
    database.close()
    return number


def follow(page, window, history, scratch):
    run("diagnose", EXAMPLE, history=history)
    run("train", EXAMPLE, "--epochs", "5", "-o", scratch / "a.keras", history=history)
    window.open(page.url)
    check("the list opens", window.value("document.querySelectorAll('.runs tbody tr').length") == 2)
    window.wait("document.getElementById('state').textContent === 'live'")
    training = subprocess.Popen(
        [DOWNHILL, "train", EXAMPLE, "--epochs", "1000000", "-o", scratch / "b.keras", "--history",
         history], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        window.wait("document.querySelectorAll('.runs tbody tr').length === 3")
        check("a run that begins appears in the list by itself", True)
        window.open(page.url + "run/3")
        window.wait("!!document.querySelector('svg polyline')")
        first = window.value("document.querySelector('svg').outerHTML")
        window.wait(f"document.querySelector('svg').outerHTML !== {first!r}.replaceAll('\\\\n','\\n')")
        last = "[...document.querySelectorAll('svg .muted')].map(t => t.textContent).join()"
        before = window.value(last)
        window.wait(f"{last} !== {before!r}")
        check("curves grow while the run trains", True)
        window.send("Page.reload")
        window.wait("document.getElementById('state').textContent === 'live'")
        check("a reload shows the run again", window.value("!!document.querySelector('svg polyline')"))
        port = page.url
        page.stop()
        window.wait("document.getElementById('state').textContent !== 'live'")
        page.start()
        check("the server keeps its address", page.url == port, page.url)
        window.wait("document.getElementById('state').textContent === 'live'")
        count = int(window.value("document.getElementById('live').dataset.refreshed || 0"))
        window.wait(f"Number(document.getElementById('live').dataset.refreshed) > {count + 1}")
        check("an open page goes on after the server was started anew", True)
        window.picture(OUT / "page-live.png")
    finally:
        training.kill()
        training.wait()
    window.wait("document.getElementById('live').textContent.includes('broken off')"
                " || document.getElementById('live').textContent.includes('running')")
    window.open(page.url)
    window.value("(() => { const box = document.querySelector('input[type=search]');"
                 "box.value = 'learning-rate'; box.dispatchEvent(new Event('input', {bubbles: true}));})()")
    window.wait("document.querySelectorAll('.runs tbody tr').length === 1")
    check("the list is filtered while one types", "1 of 3" in window.value("count.textContent"))
    window.send("Page.reload")
    window.wait("document.readyState === 'complete' && !!document.getElementById('count')")
    check("the filter survives a reload", "1 of 3" in window.value("count.textContent"))
    window.open(page.url)
    window.value("(() => { const boxes = document.querySelectorAll('input[name=run]');"
                 "boxes[1].click(); boxes[2].click(); boxes[0].form.requestSubmit(); })()")
    window.wait("document.title === 'Compare'")
    check("two runs are compared",
          window.value("document.querySelector('h1').textContent.includes('against')"
                       " && document.querySelectorAll('svg polyline').length >= 2"))
    window.picture(OUT / "page-compare.png")
    window.open(page.url + "run/1")
    check("a diagnosis shows its report", "learning-rate-high" in window.value("document.body.innerText"))
    window.picture(OUT / "page-diagnosis.png")
    complaints = window.complaints()
    check("no script fails, and the policy of the page is kept", not complaints, complaints or "")


def strangers(page, window):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Attacker)
    Attacker.target = page.url
    threading.Thread(target=server.serve_forever, daemon=True).start()
    window.open(f"http://127.0.0.1:{server.server_port}/")
    got = window.value("done.then(() => got)")
    check("a page of another origin gets nothing", got == [], got)
    window.open(page.url.replace("127.0.0.1", "evil.example"))
    text = window.value("document.body.innerText").strip()
    check("another host's name gets nothing", text == "forbidden", text)
    server.shutdown()


def large(page, window, history):
    number = fill(history, 1000, 1_000_000)
    times = []
    for _ in range(5):
        window.open(page.url)
        window.wait("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
        times.append(window.value(
            "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
    rows = window.value("document.querySelectorAll('.runs tbody tr').length")
    time_taken = sorted(times)[2]
    measure(f"a list of {rows} runs", time_taken, LIST_LIMIT)
    window.picture(OUT / "page-list.png", whole=False)
    window.open(page.url + f"run/{number}")
    times = window.value(
        "(async () => { const times = []; for (let i = 0; i < 5; i++) { const start = performance.now();"
        f"live.innerHTML = await (await fetch(live.dataset.part)).text();"
        "live.getBoundingClientRect(); times.push(performance.now() - start); }"
        "return times; })()")
    time_taken = sorted(times)[2]
    measure("the chart of a million values", time_taken, CHART_LIMIT)
    window.picture(OUT / "page-million.png")


def main():
    if not browser.executable():
        print("there is no Chromium here: the page is not looked at (Scripts/screenshots.sh installs it)")
        return
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="downhill-page-") as scratch:
        history = Path(scratch) / "history.sqlite"
        page = Page(history)
        window = browser.Browser("--host-resolver-rules=MAP evil.example 127.0.0.1")
        try:
            follow(page, window, history, Path(scratch))
            strangers(page, window)
            large(page, window, history)
        finally:
            window.close()
            page.stop()
    if failures:
        sys.exit(f"{len(failures)} checks failed")


if __name__ == "__main__":
    main()
