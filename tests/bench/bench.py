#!/usr/bin/env python3
"""bench.py ASSAY FLOOR SOURCE [--rounds N] [--build]: measures assay beside its floor.

Both of a pair run in turns within one run of this program, so what else the machine does falls on
both. Figures are medians of wall time, with the smallest and the largest. Nothing here is a test:
a figure depends on the machine, and is read by a person (docs/measurements.md).
"""

import argparse
import glob
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

RULES_WANTED = 400


def run(words, allowed=(0,), cwd=None):
    """(milliseconds, peak memory of the largest process in MiB) of one run."""
    begin = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=cwd)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = (time.perf_counter() - begin) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode not in allowed:
        sys.exit(f"{words[0]}: exit code {process.returncode}\n{said.decode(errors='replace')}")
    return elapsed, usage.ru_maxrss / 1024


def in_turns(rounds, *commands):
    """The runs of each command; the first round warms up and is not counted."""
    runs = [[] for _ in commands]
    for turn in range(rounds + 1):
        for list_of, command in zip(runs, commands):
            measured = run(command)
            if turn:
                list_of.append(measured)
    return runs


def milliseconds(runs):
    times = [elapsed for elapsed, _ in runs]
    return f"{statistics.median(times):8.1f} ms  ({min(times):.1f} to {max(times):.1f})"


def median(runs):
    return statistics.median(elapsed for elapsed, _ in runs)


def line(subject, text):
    print(f"{subject:58} {text}", flush=True)


def loaded(evidence):
    """(path of libcrypto, providers that assay loaded) as the evidence has them."""
    with sqlite3.connect(f"file:{evidence}?mode=ro", uri=True) as db:
        libraries = [row[0] for row in db.execute("SELECT library FROM libcrypto ORDER BY preferred DESC")]
        providers = {row[0] for row in db.execute("SELECT DISTINCT provider FROM provider WHERE load_error IS NULL")}
    return libraries[0], sorted(providers)


def many_rules(source, folder):
    """Writes a pack of 400 rules: those of the built-in pack over and over, each under a new id."""
    shutil.copytree(os.path.join(source, "rules", "packs", "fips-140-3"), folder)
    areas = sorted(set(glob.glob(folder + "/*.xml")) - {folder + "/pack.xml"})
    rules = {}
    for area in areas:
        with open(area, encoding="utf-8") as file:
            rules[area] = re.findall(r"<rule\b.*?</rule>", file.read(), re.S)
    total = sum(len(found) for found in rules.values())
    copies = -(-RULES_WANTED // total)
    left = RULES_WANTED
    for area, found in rules.items():
        written = []
        for copy in range(copies):
            for rule in found:
                if left > 0:
                    left -= 1
                    written.append(re.sub(r'\bid="([^"]+)"', rf'id="\1-{copy}"', rule, count=1))
        with open(area, "w", encoding="utf-8") as file:
            file.write("<rules>\n" + "\n".join(written or found[:1]) + "\n</rules>\n")
    return folder


def probing(assay, floor, folder, rounds):
    passive = [assay, "probe", "--passive", "-q", "-o", folder + "/passive"]
    full = [assay, "probe", "-q", "-o", folder + "/full"]
    run(passive)
    library, providers = loaded(folder + "/passive/evidence.db")
    floor_runs, passive_runs, full_runs = in_turns(
        rounds, [floor, library, *providers], passive, full
    )
    print(f"Probing: {library}, providers {', '.join(providers)}")
    line("floor: a C program that loads the same providers", milliseconds(floor_runs))
    line("assay probe --passive", milliseconds(passive_runs))
    line("  over the floor", f"{median(passive_runs) - median(floor_runs):8.1f} ms")
    line("assay probe, with the catalogue of services", milliseconds(full_runs))
    return folder + "/full/evidence.db"


def judging(assay, source, evidence, folder, rounds):
    formats = [word for name in ("text", "json", "html", "xlsx") for word in ("--format", name)]
    report = [assay, "report", evidence, "--as-of", "2026-11-23", *formats]
    pack = many_rules(source, folder + "/pack")
    (built_in, many) = in_turns(
        rounds,
        [*report, "-o", folder + "/reports"],
        [*report, "-o", folder + "/reports400", "--pack", pack],
    )
    print("Judging one host and writing text, JSON, HTML and XLSX")
    for subject, runs in (("the built-in pack", built_in), (f"a pack of {RULES_WANTED} rules", many)):
        memory = max(peak for _, peak in runs)
        line(subject, f"{milliseconds(runs)}, peak {memory:.0f} MiB")


def looking_up(assay, rounds):
    version, show, search, diff = in_turns(
        rounds,
        [assay, "--version"],
        [assay, "cmvp", "show", "4985"],
        [assay, "cmvp", "search", "openssl", "fips", "provider"],
        [assay, "cmvp", "diff", "built-in", "built-in"],
    )
    print("Looking certificates up in the built-in snapshot")
    line("floor: assay --version, which opens no snapshot", milliseconds(version))
    line("assay cmvp show 4985", milliseconds(show))
    line("  over the floor", f"{median(show) - median(version):8.1f} ms")
    line("assay cmvp search openssl fips provider", milliseconds(search))
    line("assay cmvp diff built-in built-in", milliseconds(diff))


def beside_oscap(folder):
    contents = sorted(glob.glob("/usr/share/xml/scap/ssg/content/ssg-debian[0-9]*-ds.xml"))
    if not shutil.which("oscap") or not contents:
        line("oscap", "SKIPPED: openscap-scanner and ssg-debian are not installed")
        return
    content = contents[-1]
    said = subprocess.run(
        ["oscap", "info", "--profiles", content], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    profile = said.stdout.split(":")[0]
    words = ["oscap", "xccdf", "eval", "--profile", profile, "--report", folder + "/oscap.html"]
    elapsed, memory = run([*words, content], allowed=(0, 2))
    name = profile.rsplit("profile_", 1)[-1]
    line(
        f"oscap, {os.path.basename(content)}, {name}",
        f"{elapsed:8.1f} ms, peak {memory:.0f} MiB (one run)",
    )


def cold_build(source, folder):
    build = folder + "/build"
    limit = ["taskset", "-c", "0,1"] if shutil.which("taskset") else []
    os.environ["CCACHE_DISABLE"] = "1"
    elapsed = run(["cmake", "-S", source, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"])[0]
    elapsed += run([*limit, "cmake", "--build", build, "-j2"])[0]
    line("cold release build with tests, two jobs", f"{elapsed / 1000:8.1f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assay")
    parser.add_argument("floor")
    parser.add_argument("source")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--build", action="store_true", help="measure a cold build too (minutes)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        evidence = probing(chosen.assay, chosen.floor, folder, chosen.rounds)
        judging(chosen.assay, chosen.source, evidence, folder, chosen.rounds)
        looking_up(chosen.assay, chosen.rounds)
        beside_oscap(folder)
        if chosen.build:
            cold_build(chosen.source, folder)


if __name__ == "__main__":
    main()
