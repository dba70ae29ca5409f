#!/usr/bin/env python3
"""import_bench.py ASSAY [FEED.jsonl] : how long imports take and how much memory, at 1 and 10 times the
records. The certificates are invented unless a feed is given; pages have the markup and the size of
NIST's. Prints figures; nothing is a test."""
import json, os, subprocess, sys, tempfile, time

ASSAY = sys.argv[1]
FEED = sys.argv[2] if len(sys.argv) > 2 else None
NAVIGATION = "".join(f'<li class="nav"><a href="/topics/{i}">Topic number {i}</a></li>' for i in range(280))


def record(number):
    return {"number": number, "status": "Active", "status_as_of": "2026-10-15", "standard": "FIPS 140-3",
            "name": f"Module {number}", "vendor": f"Vendor {number % 700}, Inc.", "module_type": "Software",
            "overall_level": 1, "embodiment": "multi-chip standalone", "sunset_date": "2030-03-10",
            "validation_dates": ["2025-03-11"], "software_versions": [f"{number % 9}.1.2", f"{number % 9}.1.3"],
            "caveat": "Interim validation. When operated in approved mode",
            "tested_configurations": [f"Debian {v} running on Server {number} with Intel Xeon with PAA"
                                      for v in (11, 12, 13)]}


def page(r):
    fields = [("Module Name", r["name"]), ("Standard", r["standard"]), ("Status", r["status"]),
              ("Sunset Date", "3/10/2030"), ("Overall Level", "1"), ("Caveat", r["caveat"]),
              ("Module Type", r["module_type"]), ("Embodiment", "Multi-Chip Stand Alone"),
              ("Software Versions", ", ".join(r["software_versions"])),
              ("Tested Configuration(s)", "<ul>" + "".join(f"<li>{c}</li>" for c in r["tested_configurations"]) + "</ul>"),
              ("Approved Algorithms", "".join(f'<div class="row"><div class="col-md-3">ALG-{i}</div>'
                                              f'<div class="col-md-4"><a href="#">A{4000 + i}</a></div></div>'
                                              for i in range(40)))]
    rows = "".join(f'<div class="row padrow"><div class="col-md-3"><span>{l}</span></div>'
                   f'<div class="col-md-9">{v}</div></div>' for l, v in fields)
    return (f"<!DOCTYPE html><html><body><ul>{NAVIGATION}</ul><h3>Certificate #{r['number']}</h3>{rows}"
            f'<h4>Vendor</h4><div class="panel-body"><a href="#">{r["vendor"]}</a></div></body></html>')


def measure(what, words, rounds=3):
    best = None
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as data:
            start = time.monotonic()
            child = subprocess.Popen([ASSAY, "cmvp", "import", "-q", *words], stdout=subprocess.PIPE,
                                     stderr=subprocess.DEVNULL, env={**os.environ, "ASSAY_DATA": data})
            out = child.stdout.read()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = status
            took = time.monotonic() - start
        if status != 0:
            sys.exit(f"{what}: status {status}: {out.decode()}")
        now = (took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)
        best = min(best or now, now)
    print(f"{what:<42} {best[0]:6.2f} s  {best[1]:6.2f} s of the processor  {best[2]:5} MiB", flush=True)


with tempfile.TemporaryDirectory() as folder:
    for count in (5516, 55160):
        feed = os.path.join(folder, f"{count}.jsonl")
        with open(feed, "w", encoding="utf-8") as file:
            for n in range(1, count + 1):
                file.write(json.dumps(record(6000 + n)) + "\n")
        measure(f"{count} JSON records", [feed])
    if FEED:
        measure("the feed given", [FEED])
    for count in (5500, 55000):
        pages = os.path.join(folder, f"pages{count}")
        os.mkdir(pages)
        size = 0
        for n in range(1, count + 1):
            with open(os.path.join(pages, f"{6000 + n}.html"), "w", encoding="utf-8") as file:
                size += file.write(page(record(6000 + n)))
        measure(f"{count} certificate pages of {size // count // 1024} KiB", [pages, "--taken-at", "2026-11-01"],
                3 if count < 10000 else 1)
