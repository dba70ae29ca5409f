"""missing_test.py ASSAY: every rule of the packs that fired.py runs is unknown, or worse, where a value that made it fail is
missing, but for what missing_values.csv beside this file allows, with its reason: a column that the probes
always write (rule *), or one that says something by being empty. A line that nothing needs is an error."""

import csv
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "fired"))

import fired  # noqa: E402

LIST = pathlib.Path(__file__).resolve().parent / "missing_values.csv"


def allowed():
    with open(LIST, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    without = [f"{row['rule']} {row['column']}" for row in rows if not row["reason"].strip()]
    if without:
        sys.exit(f"{LIST.name}: without a reason: {without}")
    return {(row["rule"], row["column"]) for row in rows}


def taken_for_good(assay):
    """(rule, column) as `assay rules missing` prints them."""
    packs = [word for pack in fired.PACKS for word in ("--pack", pack)]
    run = subprocess.run([assay, "rules", "missing"] + packs, capture_output=True, text=True, check=True)
    pattern = re.compile(r"\S+: \S+: rule (\S+): (?:pass|notapplicable) without (\S+)")
    found = [pattern.fullmatch(line) for line in run.stdout.splitlines()]
    if None in found:
        sys.exit(f"this is no line of the list: {run.stdout.splitlines()[found.index(None)]}")
    return {match.groups() for match in found}


def problems_of(found, listed):
    problems = [f"{rule} takes a missing {column} for good" for rule, column in sorted(found)
                if not {(rule, column), ("*", column)} & listed]
    columns = {column for _, column in found}
    return problems + [f"allowed in vain: {rule} {column}" for rule, column in sorted(listed)
                       if (column not in columns if rule == "*" else (rule, column) not in found)]


def check_itself():
    found = {("a", "t.written"), ("b", "t.written"), ("a", "t.says"), ("b", "t.says")}
    listed = {("*", "t.written"), ("a", "t.says"), ("*", "t.gone"), ("b", "t.gone")}
    expected = ["b takes a missing t.says for good", "allowed in vain: * t.gone", "allowed in vain: b t.gone"]
    assert problems_of(found, listed) == expected, problems_of(found, listed)


def main():
    check_itself()
    found, listed = taken_for_good(sys.argv[1]), allowed()
    problems = problems_of(found, listed)
    print("\n".join(problems))
    print(f"{len(found)} missing values are taken for good, {len(listed)} lines allow it, {len(problems)} problems")
    return 1 if problems or not found else 0


if __name__ == "__main__":
    sys.exit(main())
