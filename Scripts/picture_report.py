"""Pictures of an HTML report: light, dark, on a telephone, and on paper. picture_report.py FILE"""

import base64
import sys
from pathlib import Path

import browser


def main(report):
    report = Path(report).resolve()
    window = browser.Browser()
    try:
        for name, width, is_dark in (
                ("light", 1000, False), ("dark", 1000, True), ("phone", 390, False)):
            window.size(width, 800)
            window.dark(is_dark)
            window.open(report.as_uri())
            window.picture(report.with_name(f"{report.stem}-{name}.png"))
            wide = window.value("document.documentElement.scrollWidth")
            if wide > width:
                sys.exit(f"the report is {wide} wide on a screen of {width}")
        window.size(1000, 800)
        paper = window.send("Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.7)
        report.with_suffix(".pdf").write_bytes(base64.b64decode(paper["data"]))
        complaints = window.complaints()
        if complaints:
            sys.exit(f"the report breaks its own policy: {complaints}")
    finally:
        window.close()


if __name__ == "__main__":
    main(sys.argv[1])
