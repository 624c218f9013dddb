"""Looks for links in the project's Markdown that lead nowhere: files, and headings within them.

Links to other hosts are not asked, so that a check does not depend on them. Ends with 1 if one is dead.
"""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

PROJECT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def anchors(text):
    """The names by which headings are linked to, after the rule of code hosts."""
    names = []
    for line in FENCE.sub("", text).splitlines():
        if match := re.match(r"#{1,6}\s+(.*)", line):
            plain = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", match[1]).strip().lower()
            name = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
            names.append(name if name not in names else f"{name}-{names.count(name)}")
    return names


def main():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=PROJECT,
        capture_output=True, text=True, check=True).stdout.split("\n")
    dead, count = [], 0
    for name in filter(None, listed):
        page = PROJECT / name
        text = page.read_text()
        # Code is not linked, and pages of the API have links of their own kind.
        for target in LINK.findall(FENCE.sub("", re.sub(r"`[^`\n]*`", "", text))):
            if re.match(r"[a-z]+:", target):
                continue
            count += 1
            place, _, anchor = unquote(target).partition("#")
            goal = (page.parent / place).resolve() if place else page
            if not goal.exists():
                dead.append(f"{name}: {target} does not exist")
            elif anchor and goal.suffix == ".md" and anchor not in anchors(goal.read_text()):
                dead.append(f"{name}: {target} names a heading that is not there")
    for line in dead:
        print(line)
    print(f"{count} links, {len(dead)} of them dead")
    sys.exit(1 if dead else 0)


if __name__ == "__main__":
    main()
