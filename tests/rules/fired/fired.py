"""Runs packs over real modules and hosts, and tells which rules were never seen to pass or never seen
to fail there. The packs are those below; --pack names others.

    fired.py --assay build/debug/bin/assay [--keep FOLDER] [--write docs/rules-fired.md]

A rule that no module and no host ever made fail may be one that cannot fail. Each that is left is
explained in unfired.csv beside this file, which people review; the exit code is 1 if one is not, or
if an explanation is no longer needed. Without the real modules the exit code is 77. --keep FOLDER keeps
the evidence there, and takes what it finds there, so that a second run takes seconds.
"""

import argparse
import collections
import concurrent.futures
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import evidence

HERE = pathlib.Path(__file__).resolve().parent

# Rules about dates are asked on these days: now, before the transitions, and after each of them.
TODAY = "2026-11-23"
DAYS = [TODAY, "2012-06-01", "2031-06-01", "2034-06-01", "2036-06-01"]

# The packs whose every rule is held to this: all that are built in.
PACKS = ["claims", "cnsa-1.0", "cnsa-2.0", "common-criteria", "fips-140-3", "fips-186-5",
         "key-management", "pkcs11", "pkcs11-conformance", "pkcs11-profiles", "pqc-readiness",
         "sp800-131a", "sp800-131a-r3-draft", "sp800-38", "sp800-52r2", "sp800-57", "sp800-90",
         "sp800-kdf", "stated-claims", "validation-records"]


def judge(assay, folder, file, packs, day):
    """The findings about one evidence file; claims.toml brings the pack stated-claims."""
    with tempfile.TemporaryDirectory(dir=folder) as report:
        words = [assay, "check", "-q", str(file), "--as-of", day, "-o", report, "--format", "json",
                 "--max-snapshot-age", "36500"]
        for pack in packs:
            words += ["--pack", pack] if pack != "stated-claims" else [
                "--claims", str(HERE / "claims.toml")]
        run = subprocess.run(words, capture_output=True, text=True)
        path = pathlib.Path(report) / "report.json"
        if not path.exists():
            sys.exit(f"assay check {file}: {run.stderr}")
        return json.loads(path.read_text())["findings"]


def still_open(packs, seen):
    """Those of `packs` that were not asked yet, or with a rule that was not seen to pass and to fail."""
    now = dict(seen)  # Another thread adds to it.
    asked = {pack for pack, _ in now}
    wanting = {pack for (pack, _), places in now.items() if not {"pass", "fail"} <= places.keys()}
    return [pack for pack in packs if pack not in asked or pack in wanting]


def fired(assay, folder, files, packs, days, seen):
    """Adds to `seen`, for each (pack, rule) and result, where it was seen first. Packs whose every
    rule was seen to pass and to fail are not asked again."""
    def findings_of(job):
        wanted = still_open(packs, seen)
        return judge(assay, folder, job[2], wanted, job[0]) if wanted else []

    jobs = [(day, name, file) for day in days for name, file in files.items()]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for (day, name, _), findings in zip(jobs, pool.map(findings_of, jobs)):
            for finding in findings:
                places = seen[(finding["pack"], finding["rule"])]
                places.setdefault(finding["result"], name if day == TODAY else f"{name} as of {day}")


def explanations():
    path = HERE / "unfired.csv"
    with open(path, newline="") as file:
        return {(row["pack"], row["rule"], row["result"]): row["reason"]
                for row in csv.DictReader(file)}


def page(seen, explained):
    lines = ["# Where rules fired", "",
             "Made by `tests/rules/fired/fired.py`; do not edit. The rules of these packs were run over real "
             "modules, unpacked systems and recorded hosts (`tests/rules/fired/hosts/`), as of several days; over "
             "real modules behind one that answers one function wrongly (`wayward`, by that slip); and over what "
             "the tests collect: traps, hostile providers and modules, prepared tokens (by the name of the test). "
             "Where each was first seen to pass and to fail, or why it was not. A test holds this page against "
             "the packs: no rule is left out, and each \"never\" has its reason in `unfired.csv`.", ""]
    for pack in sorted({key[0] for key in seen}):
        lines += [f"## {pack}", "", "| rule | passes on | fails on |", "|---|---|---|"]
        for (owner, rule), places in sorted(seen.items()):
            if owner == pack:
                cells = [places.get(result) or "never: " + explained.get((pack, rule, result), "?")
                         for result in ("pass", "fail")]
                lines.append(f"| `{rule}` | {cells[0]} | {cells[1]} |")
        lines.append("")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--assay", required=True)
    parser.add_argument("--keep")
    parser.add_argument("--write")
    parser.add_argument("--pack", action="append")
    options = parser.parse_args()
    if not (evidence.TARGETS / "state/openssl30-fips30/fips.so").exists():
        print("SKIP: the real modules are not here; docs/testing.md says how to get them")
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        packs = options.pack or PACKS
        seen = collections.defaultdict(dict)
        assay = options.assay
        hosts = evidence.collect_hosts(assay, folder)
        slips = evidence.collect(assay, folder, evidence.wayward(assay, folder))
        fired(assay, folder, hosts, packs, DAYS, seen)
        # Dates decide little there, so one day is enough.
        for files in (evidence.collect_traps(assay, folder), slips):
            fired(assay, folder, files, packs, [TODAY], seen)
    explained = explanations()
    missing = [(*key, result) for key, places in sorted(seen.items())
               for result in ("pass", "fail") if result not in places]
    wrong = [f"never {result}: {pack}/{rule}" for pack, rule, result in missing
             if (pack, rule, result) not in explained]
    wrong += [f"explained in vain: {'/'.join(key)}" for key in explained
              if key[0] in packs and key not in missing]
    broken = [f"error: {key[0]}/{key[1]} on {places['error']}" for key, places in sorted(seen.items())
              if "error" in places]
    print("\n".join(wrong + broken))
    print(f"{len(seen)} rules, {len(missing)} results never seen, {len(wrong)} of them not explained")
    if options.write:
        pathlib.Path(options.write).write_text(page(seen, explained))
    return 1 if wrong or broken else 0


if __name__ == "__main__":
    sys.exit(main())
