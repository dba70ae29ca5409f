#!/usr/bin/env python3
"""scorecard.py ROOT: the shape of the sources in figures, to be read, never to be obeyed.

A figure that is off is a reason to look at the code, not to cut it in two.
"""

import re
import sys

import source_tree

_DECLARATION = re.compile(
    r"^ {0,2}(?=\S)(?:template\b[^\n]*\n\s*)?"
    r"(?:(?:class|struct|enum(?: class)?)\s+\w+[^;{]*\{|[\w:<>,&*\s\[\]]+?\b[\w~]+\([^;{}]*\)[^;{}]*[;{])",
    re.M,
)


def share(values, fraction):
    ordered = sorted(values)
    return ordered[int(fraction * (len(ordered) - 1))]


def spread(pairs):
    """The figures of (value, where) pairs in words."""
    values = [value for value, _ in pairs]
    longest = max(pairs)
    return (
        f"{len(values)}, median {share(values, 0.5)}, p90 {share(values, 0.9)}, "
        f"p95 {share(values, 0.95)}, longest {longest[0]} ({longest[1]})"
    )


def line_counts(root, paths):
    return [(source_tree.read(root, path).count("\n"), path) for path in paths]


def function_lengths(root, paths):
    found = []
    for path in paths:
        for name, first, lines, _ in source_tree.functions(
            source_tree.blanked(source_tree.read(root, path))
        ):
            found.append((lines, f"{path}:{first} {name}"))
    return found


def public_part(blanked):
    """`blanked` without what stands after `private:` in a class, and without function bodies."""
    kept, private = [], False
    for line in blanked.split("\n"):
        label = re.match(r"\s*(private|protected|public):", line)
        if label or line.startswith("};"):
            private = bool(label) and label.group(1) == "private"
        kept.append("" if private or label else line)
    return "\n".join(kept)


def documented(root, headers):
    """(declarations with a /// sentence before, beside or for their group; all declarations)"""
    good = total = 0
    for path in headers:
        text = source_tree.read(root, path)
        lines = text.split("\n")
        covered = False
        declarations = {
            public.count("\n", 0, match.start()) + 1
            for public in [public_part(source_tree.blanked(text))]
            for match in _DECLARATION.finditer(public)
            if not re.match(r"\s*(?:return|using|friend|for|if)\b|.*(?:\boverride\b|= (?:default|delete);)", match.group(0), re.S)
        }
        for number, line in enumerate(lines, 1):
            if line.strip().startswith("///"):
                covered = True
            elif not line.strip():
                covered = False  # an empty line ends a group
            if number in declarations:
                total += 1
                good += covered or "///" in line
    return good, total


def code_lines(root, paths):
    count = 0
    for path in paths:
        text = source_tree.without_comments(source_tree.read(root, path))
        count += sum(1 for line in text.split("\n") if line.strip())
    return count


def card(root):
    """The lines of the scorecard; the first field of each is what it is about."""
    product = source_tree.sources(root, source_tree.LAYERS)
    tests = source_tree.sources(root, ("tests",))
    good, total = documented(root, [path for path in product if path.endswith(".h")])
    product_lines, test_lines = code_lines(root, product), code_lines(root, tests)
    return [
        ("product files, lines", spread(line_counts(root, product))),
        ("product functions, lines", spread(function_lengths(root, product))),
        ("test files, lines", spread(line_counts(root, tests))),
        ("public headers documented", f"{100 * good / max(total, 1):.0f} % ({good} of {total})"),
        (
            "test lines per product line",
            f"{test_lines / max(product_lines, 1):.2f} ({test_lines} to {product_lines}, C++ only)",
        ),
    ]


if __name__ == "__main__":
    for subject, figures in card(sys.argv[1]):
        print(f"{subject:28} {figures}")
