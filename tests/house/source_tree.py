"""Reading the C++ sources of a tree: what the checks of the house have in common."""

import os
import re

LAYERS = ("cli", "rules", "evidence", "reports", "cmvp")
SUFFIXES = (".h", ".cpp")

_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^()\\ \n]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|'
    r"(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'",
    re.S,
)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', re.M)


def sources(root, folders=LAYERS + ("tests",)):
    """Paths below `root`, in order, of the C++ files in `folders`."""
    found = []
    for folder in folders:
        for parent, names, files in os.walk(os.path.join(root, folder)):
            names.sort()
            found += [
                os.path.relpath(os.path.join(parent, name), root)
                for name in files
                if name.endswith(SUFFIXES)
            ]
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def blanked(text):
    """`text` with comments and the contents of literals blanked; every character keeps its place."""

    def blank(match):
        token = match.group(0)
        space = re.sub(r"[^\n]", " ", token)
        if token[0] == "/":
            return space
        return '"' + space[1:-1] + '"' if len(token) > 1 else token

    return _TOKEN.sub(blank, text)


def without_comments(text):
    """`text` with comments blanked and literals kept."""
    return _TOKEN.sub(
        lambda m: re.sub(r"[^\n]", " ", m.group(0)) if m.group(0)[0] == "/" else m.group(0), text
    )


def includes(text):
    """(line, True if quoted, name) of every #include that is not in a comment."""
    text = without_comments(text)
    return [
        (text.count("\n", 0, m.start(2)) + 1, m.group(1) == '"', m.group(2))
        for m in _INCLUDE.finditer(text)
    ]


def closing(text, opening):
    """The place of the brace or parenthesis that closes the one at `opening`; None if none does."""
    pairs = {"{": "}", "(": ")"}
    begin, end = text[opening], pairs[text[opening]]
    depth = 0
    for at in range(opening, len(text)):
        if text[at] == begin:
            depth += 1
        elif text[at] == end:
            depth -= 1
            if depth == 0:
                return at
    return None


def functions(text):
    """(name, first line, line count, body) of every function that `text` defines.

    `text` is blanked. A function is a brace after a parameter list; what only looks like one
    (if, for, while, switch, catch, a lambda) is part of the function around it.
    """
    found = []
    pattern = re.compile(
        r"([A-Za-z_~][\w:~]*|operator\s*\S+)\s*\(", re.S
    )
    at = 0
    while True:
        match = pattern.search(text, at)
        if not match:
            return found
        end = closing(text, match.end() - 1)
        if end is None:
            return found
        after = re.compile(
            r"\s*(?:(?:const|noexcept|override|final|try|mutable)\b\s*)*(?:->\s*[\w:<>,&*\s]+?)?"
            r"(?::\s*[A-Za-z_][^;{]*?[)}]\s*)?\{"
        ).match(text, end + 1)
        word = match.group(1)
        if not after or word in ("if", "for", "while", "switch", "catch", "return"):
            at = match.end()
            continue
        close = closing(text, after.end() - 1)
        if close is None:
            return found
        begin = text.rfind("\n", 0, match.start()) + 1
        first = text.count("\n", 0, begin) + 1
        lines = text.count("\n", begin, close) + 1
        found.append((word, first, lines, text[after.end() : close]))
        at = close


def report(title, problems, looked_at):
    """Prints what was found; the exit code of the check. Having looked at nothing is a failure."""
    for problem in problems:
        print(problem)
    print(f"{title}: {looked_at} looked at, {len(problems)} problems")
    return 1 if problems or not looked_at else 0
