#!/usr/bin/env python3
"""Renders Markdown reports with cmark-gfm and judges what comes of them.

usage: check_markdown.py FILE...
Our tables, headings and bold labels have to be there, and no element that only hostile text could
have made. Exit 77: cmark-gfm is not here (CTest: skipped).
"""
import html.parser
import shutil
import subprocess
import sys

OURS = {"h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "br"}


class Elements(html.parser.HTMLParser):
    """Collects the names of elements, and how many cells each row of a table has."""

    def __init__(self):
        super().__init__()
        self.names = set()
        self.rows = []

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        if tag == "table":
            self.rows.append([])
        if tag == "tr":
            self.rows[-1].append(0)
        if tag in ("td", "th"):
            self.rows[-1][-1] += 1


def check(path):
    command = ["cmark-gfm", "--unsafe"]
    for extension in ("table", "autolink", "strikethrough", "tasklist"):
        command += ["--extension", extension]
    page = subprocess.run(command + [path], check=True, capture_output=True).stdout.decode()
    elements = Elements()
    elements.feed(page)
    problems = [f"an element <{name}>" for name in sorted(elements.names - OURS)]
    problems += ["no heading"] if "h2" not in elements.names else []
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    written = sum(line.startswith("| ") for line in lines) - sum(line.startswith("| ---") for line in lines)
    if sum(map(len, elements.rows)) != written:
        problems.append("rows of a table that are no rows")
    problems += ["a table whose rows differ in length" for rows in elements.rows if len(set(rows)) != 1]
    for problem in problems:
        print(f"{path}: {problem}")
    return not problems


def main(paths):
    if shutil.which("cmark-gfm") is None:
        print("SKIPPED: no cmark-gfm, so no Markdown report was judged by an independent renderer")
        return 77
    return 0 if all([check(path) for path in paths]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
