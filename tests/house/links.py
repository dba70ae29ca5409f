#!/usr/bin/env python3
"""links.py ROOT: fails if a page links to a file or a heading of this repository that is not there.

Looks at README and its neighbours and at docs/. Addresses on the web are not asked.
"""

import glob
import os
import re
import sys

import source_tree

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.S | re.M)


def headings(text):
    """The anchors of a page: headings in small letters, spaces as hyphens, without signs."""
    titles = re.findall(r"^#+ (.*)$", _CODE.sub(lambda m: m.group(0).strip("`"), text), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def problem_of(root, page, target):
    name, _, anchor = target.partition("#")
    file = os.path.normpath(os.path.join(root, os.path.dirname(page), name)) if name else None
    if file and not os.path.exists(file):
        return f"{page}: links to {target}, which is not there"
    where = os.path.relpath(file, root) if file else page
    if anchor and anchor not in headings(source_tree.read(root, where)):
        return f"{page}: links to {target}, which has no such heading"
    return None


def problems(root):
    """(problems, number of links looked at)"""
    found, count = [], 0
    for pattern in ("*.md", "docs/*.md"):
        for file in sorted(glob.glob(os.path.join(root, pattern))):
            page = os.path.relpath(file, root)
            for target in _LINK.findall(_CODE.sub("", source_tree.read(root, page))):
                if re.match(r"[a-z]+:", target):
                    continue
                count += 1
                problem = problem_of(root, page, target)
                if problem:
                    found.append(problem)
    return found, count


if __name__ == "__main__":
    sys.exit(source_tree.report("links", *problems(sys.argv[1])))
