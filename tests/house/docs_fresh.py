#!/usr/bin/env python3
"""docs_fresh.py ASSAY DOCS: fails if a page in DOCS is not what `ASSAY document …` prints now.

With UPDATE_GOLDEN=1 in the environment it writes the pages instead.
"""

import difflib
import os
import subprocess
import sys

PAGES = {"tables": "evidence-tables.md", "rules": "rules.md", "coverage": "coverage.md"}


def made_now(assay, what):
    result = subprocess.run(
        [assay, "document", what], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return result.stdout


def on_disk(file):
    if not os.path.exists(file):
        return ""
    with open(file, encoding="utf-8") as opened:
        return opened.read()


def stale(assay, docs):
    """A text that says how, for every page that is not fresh."""
    found = []
    for what, name in PAGES.items():
        file = os.path.join(docs, name)
        fresh, there = made_now(assay, what), on_disk(file)
        if not fresh.strip():
            found.append(f"assay document {what} prints nothing")
        elif fresh != there:
            changes = difflib.unified_diff(
                there.splitlines(), fresh.splitlines(), name, "made now", lineterm="", n=0
            )
            found.append("\n".join(list(changes)[:20]))
    return found


def main(assay, docs):
    if os.environ.get("UPDATE_GOLDEN") == "1":
        for what, name in PAGES.items():
            with open(os.path.join(docs, name), "w", encoding="utf-8") as file:
                file.write(made_now(assay, what))
            print(f"wrote {os.path.join(docs, name)}")
    found = stale(assay, docs)
    for text in found:
        print(text)
    if found:
        print("run it again with UPDATE_GOLDEN=1, read the difference, and commit it")
    else:
        print(f"{len(PAGES)} pages are fresh")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
