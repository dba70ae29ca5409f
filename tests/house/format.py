#!/usr/bin/env python3
"""format.py ROOT [--fix]: fails if a C++ source is not as clang-format would write it.

Versions of clang-format differ in what they write, so only the one that the sources are kept with is
asked; without it the check is skipped (exit code 77) and says so.
"""

import os
import re
import shutil
import subprocess
import sys

import source_tree

VERSION = "14"
SKIPPED = 77


def clang_format():
    """A program of the right version, or None."""
    for name in (f"clang-format-{VERSION}", "clang-format"):
        program = shutil.which(name)
        if not program:
            continue
        said = subprocess.run([program, "--version"], stdout=subprocess.PIPE, encoding="utf-8")
        version = re.search(r"version (\d+)", said.stdout)
        if version and version.group(1) == VERSION:
            return program
    return None


def unformatted(program, root):
    """(problems, one a file with the first line that differs; number of files looked at)"""
    files = source_tree.sources(root)
    said = subprocess.run(
        [program, "--style=file", "--dry-run", *files],
        cwd=root,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    first = {}
    for path, line in re.findall(r"^(\S+?):(\d+):\d+: warning: code should be", said.stderr, re.M):
        first.setdefault(path, line)
    found = [f"{path}:{line}: clang-format writes it differently" for path, line in first.items()]
    if said.returncode != 0:
        found.append(said.stderr)
    return found, len(files)


def main(root, fix):
    program = clang_format()
    if not program:
        print(f"SKIPPED: clang-format {VERSION} is not installed (apt-get install clang-format-{VERSION})")
        return SKIPPED
    if fix:
        subprocess.run([program, "-i", *source_tree.sources(root)], cwd=root, check=True)
    return source_tree.report("files", *unformatted(program, root))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--fix" in sys.argv[2:]))
