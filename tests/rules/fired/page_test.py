"""page_test.py ASSAY PAGE: holds docs/rules-fired.md against the packs. Every built-in rule has a line there, no
other has one, and what the page calls never seen is explained in unfired.csv, which explains nothing else.
Nothing is run but `assay rules list`; fired.py makes the page."""

import re
import subprocess
import sys

import fired


def rules_of(assay):
    """Every built-in (pack, rule), in the words of `assay rules list`."""
    listing = subprocess.run([assay, "rules", "list"], capture_output=True, text=True, check=True).stdout
    found, pack = set(), ""
    for line in listing.splitlines():
        words = line.split()
        if line.startswith("  "):
            found.add((pack, words[0]))
        else:
            pack = words[0]
    return found


def cells_of(page):
    """For each (pack, rule) of the page, where it passed and where it failed."""
    found, pack = {}, ""
    for line in page.splitlines():
        heading = re.fullmatch(r"## (\S+)", line)
        row = re.fullmatch(r"\| `([^`]+)` \| (.*) \| (.*) \|", line)
        if heading:
            pack = heading.group(1)
        elif row:
            found[(pack, row.group(1))] = {"pass": row.group(2), "fail": row.group(3)}
    return found


def problems_of(rules, cells, explained):
    problems = [f"not on the page: {pack}/{rule}" for pack, rule in sorted(rules - cells.keys())]
    problems += [f"no such rule: {pack}/{rule}" for pack, rule in sorted(cells.keys() - rules)]
    never = set()
    for (pack, rule), row in sorted(cells.items()):
        for result, cell in row.items():
            if not cell.startswith("never"):
                continue
            never.add((pack, rule, result))
            reason = explained.get((pack, rule, result), "")
            if not reason or cell != f"never: {reason}":
                problems.append(f"never seen to {result} and not explained: {pack}/{rule}")
    return problems + [f"explained in vain: {'/'.join(key)}" for key in sorted(explained.keys() - never)]


def check_itself():
    """That each problem is found, on a page of two lines."""
    page = "## a\n\n| `one` | here | never: why |\n| `two` | never: ? | there |\n"
    explained = {("a", "one", "fail"): "why", ("a", "three", "pass"): "why"}
    found = problems_of({("a", "one"), ("a", "four")}, cells_of(page), explained)
    assert found == ["not on the page: a/four", "no such rule: a/two",
                     "never seen to pass and not explained: a/two", "explained in vain: a/three/pass"], found


def main():
    assay, page = sys.argv[1:]
    check_itself()
    rules = rules_of(assay)
    with open(page, encoding="utf-8") as file:
        cells = cells_of(file.read())
    problems = problems_of(rules, cells, fired.explanations())
    if {pack for pack, _ in rules} != set(fired.PACKS):
        problems.append("fired.py does not run every built-in pack")
    print("\n".join(problems))
    print(f"{len(rules)} rules, {len(cells)} on the page, {len(problems)} problems")
    return 1 if problems or len(rules) < 300 else 0


if __name__ == "__main__":
    sys.exit(main())
