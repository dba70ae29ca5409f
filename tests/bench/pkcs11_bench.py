#!/usr/bin/env python3
"""pkcs11_bench.py ASSAY FLOOR MODULE STORE [--rounds N] [--keys N]: measures assay on tokens of SoftHSM2.

MODULE is SoftHSM2. STORE is a folder for the tokens, made if it is not there: 10,000 keys take minutes
to make and are kept for the next time. Both of a pair run in turns within one run of this program.
Figures are medians of processor time, for other programs on the machine change wall time; with the
smallest and the largest. Nothing here is a test.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile

PIN = "sesame-4711"
LOG = (64 << 20) + 16


def token(store, floor, module, keys):
    """The configuration of SoftHSM2 for a token with so many keys."""
    folder = os.path.join(os.path.abspath(store), str(keys))
    configuration = os.path.join(folder, "softhsm2.conf")
    os.environ["SOFTHSM2_CONF"] = configuration
    if not os.path.exists(os.path.join(folder, "done")):
        os.makedirs(os.path.join(folder, "tokens"))
        with open(configuration, "w", encoding="utf-8") as file:
            file.write(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
        print(f"making a token of {keys} keys in {folder}", file=sys.stderr)
        subprocess.run([floor, "make", module, PIN, str(keys)], check=True)
        open(os.path.join(folder, "done"), "w", encoding="utf-8").close()
    return configuration


def timed(words, **more):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def probe_program(assay, module, read):
    """Milliseconds of the program that loads the module, which assay starts, by itself."""
    log = os.memfd_create("log", 0)
    os.ftruncate(log, LOG)
    program = os.path.join(os.path.dirname(os.path.abspath(assay)), "assay-probe-pkcs11")
    words = [program, f"--log={log}", f"--module={module}", f"--module-name={module}"]
    given = [log]
    if read:
        pin, ours = os.pipe()
        os.write(ours, PIN.encode())
        os.close(ours)
        words += ["--objects", "--login", "--pin-from=file", f"--pin={pin}"]
        given.append(pin)
    elapsed = timed(words, pass_fds=given)
    for descriptor in given:
        os.close(descriptor)
    return elapsed


def in_turns(rounds, *commands):
    runs = [[] for _ in commands]
    for turn in range(rounds + 1):
        for times, command in zip(runs, commands):
            elapsed = command()
            if turn:
                times.append(elapsed)
    return runs


def line(subject, times, floor=None):
    ratio = "" if floor is None else f", {statistics.median(times) / statistics.median(floor):.2f} of the floor"
    print(f"{subject:58} {statistics.median(times):8.1f} ms  ({min(times):.1f} to {max(times):.1f}){ratio}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    for name in ("assay", "floor", "module", "store"):
        parser.add_argument(name)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--keys", type=int, default=10_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pin = os.path.join(folder, "pin")
        with open(os.open(pin, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(PIN)
        assay = [chosen.assay, "probe", "-q", "-o", os.path.join(folder, "out"), "--time-limit", "120"]
        for title, read, keys, rounds in (
            ("Passive inventory", False, 1, chosen.rounds),
            (f"Reading {chosen.keys} keys", True, chosen.keys, max(chosen.rounds // 3, 1)),
        ):
            token(chosen.store, chosen.floor, chosen.module, keys)
            login = ["--login", "--pin-file", pin] if read else []
            bare = [chosen.floor, "read", chosen.module, PIN] if read else [chosen.floor, "list", chosen.module]
            floor, child, whole = in_turns(
                rounds,
                lambda: timed(bare),
                lambda: probe_program(chosen.assay, chosen.module, read),
                lambda: timed([*assay, *login, chosen.module]),
            )
            print(title)
            line("floor: the same calls in a bare loop", floor)
            line("the program of assay that makes them, on record", child, floor)
            line("assay probe, all of it", whole)


if __name__ == "__main__":
    main()
