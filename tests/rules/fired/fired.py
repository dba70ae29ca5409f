"""Runs packs over real modules and hosts, and tells which rules were never seen to pass or never seen
to fail there. The packs are those below; --pack names others.

    fired.py --assay build/debug/bin/assay [--keep FOLDER] [--write docs/rules-fired.md]

A rule that no module and no host ever made fail may be one that cannot fail. Each that is left is
explained in unfired.csv beside this file, which people review; the exit code is 1 if one is not, or
if an explanation is no longer needed. The modules are those that docs/testing.md names
(ASSAY_TARGETS); without them the exit code is 77. --keep FOLDER keeps the evidence there, and takes
what it finds there, so that a second run takes seconds.
"""

import argparse
import collections
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TARGETS = pathlib.Path(os.environ.get("ASSAY_TARGETS", "/tmp/assay-targets"))
LIBRARIES = "usr/lib/x86_64-linux-gnu"

# Rules about dates are asked on these days: before the transitions, now, and after each of them.
DAYS = ["2012-06-01", "2026-11-23", "2031-06-01", "2034-06-01", "2036-06-01"]
TODAY = "2026-11-23"

# The packs whose every rule is held to this: all that are built in but those about claims, and that
# about records which the built-in snapshot does not hold.
PACKS = ["cnsa-1.0", "cnsa-2.0", "common-criteria", "fips-140-3", "fips-186-5", "key-management",
         "pkcs11", "pkcs11-conformance", "pkcs11-profiles", "pqc-readiness", "sp800-131a",
         "sp800-131a-r3-draft", "sp800-38", "sp800-52r2", "sp800-57", "sp800-90", "sp800-kdf"]

# Test programs that run assay on traps, hostile providers and modules, and prepared tokens.
TRAPS = ["test_traps", "test_hostile", "test_pkcs11"]
# Dates decide nothing there but for certificates, so one day is enough.
TRAP_PACKS = ["fips-140-3", "key-management", "pkcs11", "pkcs11-conformance", "pkcs11-profiles"]


def read_env(name):
    """The variables of a target, as its env file sets them."""
    script = f"set -a; . {TARGETS}/env/{name}.env; env -0"
    out = subprocess.run(["env", "-i", "sh", "-c", script], capture_output=True, check=True).stdout
    pairs = (entry.split("=", 1) for entry in out.decode().split("\0") if "=" in entry)
    return {key: value for key, value in pairs if key not in ("PWD", "_", "SHLVL")}


def openssl_host(name):
    """OpenSSL of this machine with the configuration and the providers of a target."""
    env = read_env(name)
    words = ["--openssl-conf", env["OPENSSL_CONF"]]
    if "OPENSSL_MODULES" in env:
        words += ["--openssl-modules", env["OPENSSL_MODULES"]]
    return words


def small_root(folder, suite, state, configuration):
    """An unpacked system with its OpenSSL alone, and the configuration given."""
    root = folder / "root"
    libraries = root / LIBRARIES
    libraries.mkdir(parents=True)
    wanted = ("libc.so", "libm.so", "libdl.so", "libpthread.so", "ld-linux", "libcrypto.so",
              "libssl.so", "libz.so", "libzstd.so", "ossl-modules")
    for entry in (TARGETS / "roots" / suite / LIBRARIES).iterdir():
        if entry.name.startswith(wanted):
            subprocess.run(["cp", "-a", str(entry), str(libraries)], check=True)
    (root / "usr/lib64").mkdir()
    (root / "usr/lib64/ld-linux-x86-64.so.2").symlink_to(f"/{LIBRARIES}/ld-linux-x86-64.so.2")
    (root / "lib").symlink_to("usr/lib")
    (root / "lib64").symlink_to("/usr/lib64")
    (root / "usr/lib/ssl").mkdir()
    (root / "usr/lib/ssl/openssl.cnf").symlink_to("/etc/ssl/openssl.cnf")
    (root / "etc/ssl").mkdir(parents=True)
    (root / "etc/os-release").write_text('ID=debian\nVERSION_ID=13\nPRETTY_NAME="small"\n')
    (root / "etc/ssl/openssl.cnf").write_text(configuration)
    if state:
        shutil.copy(TARGETS / "state" / state / "fipsmodule.cnf", root / "etc/ssl/fipsmodule.cnf")
    return ["--root", str(root)]


FIPS = """openssl_conf = openssl_init
.include /etc/ssl/fipsmodule.cnf
[openssl_init]
providers = provider_sect
alg_section = algorithm_sect
ssl_conf = ssl_sect
[provider_sect]
fips = fips_sect
base = base_sect
[base_sect]
activate = 1
[algorithm_sect]
default_properties = fips=yes
[ssl_sect]
system_default = tls
[tls]
"""

DEFAULT = """openssl_conf = openssl_init
[openssl_init]
providers = provider_sect
ssl_conf = ssl_sect
[provider_sect]
default = default_sect
legacy = default_sect
[default_sect]
activate = 1
[ssl_sect]
system_default = tls
[tls]
"""

STRICT_TLS = ("MinProtocol = TLSv1.2\n"
              "CipherString = ECDHE+AESGCM:!PSK:!aNULL\n"
              "Ciphersuites = TLS_AES_256_GCM_SHA384\n"
              "Groups = P-384:P-256\n"
              "SignatureAlgorithms = ECDSA+SHA384:RSA+SHA384\n"
              "Options = -SessionTicket\n")
LAX_TLS = ("MinProtocol = TLSv1\n"
           "CipherString = ALL:COMPLEMENTOFALL:@SECLEVEL=0\n"
           "SignatureAlgorithms = RSA+SHA1:ECDSA+SHA1:RSA+SHA256\n"
           "Options = UnsafeLegacyRenegotiation\n")
CNSA_TLS = ("MinProtocol = TLSv1.3\n"
            "Ciphersuites = TLS_AES_256_GCM_SHA384\n"
            "Groups = MLKEM1024\n"
            "SignatureAlgorithms = mldsa87:ECDSA+SHA384\n")


def pkcs11(name):
    env = read_env(name)
    words = [env.pop("ASSAY_MODULE")]
    if "ASSAY_INIT_ARGS" in env:
        words += ["--pkcs11-init-args", env["ASSAY_INIT_ARGS"]]
    for key, value in sorted(env.items()):
        if not key.startswith("ASSAY_") and key != "PATH":
            words += ["--pkcs11-env", f"{key}={value}"]
    return words


def targets(folder):
    """Name, options of assay probe (None where it is not here)."""
    yield "this-machine", lambda: []
    for name in ("openssl-host", "openssl30-fips30", "openssl30-fips35", "openssl-fips-tampered",
                 "openssl-fips-noconf"):
        yield name, lambda name=name: openssl_host(name)
    yield "openssl30-legacy", lambda: host_configuration(folder, DEFAULT + LAX_TLS)
    for suite, state in (("trixie", "openssl35"), ("forky", "openssl36")):
        yield f"{suite}-fips", lambda s=suite, t=state: small_root(
            scratch(folder, s + "-fips"), s, t, FIPS + STRICT_TLS)
        yield f"{suite}-default", lambda s=suite: small_root(
            scratch(folder, s + "-default"), s, None, DEFAULT + LAX_TLS)
    yield "trixie-cnsa", lambda: small_root(
        scratch(folder, "trixie-cnsa"), "trixie", "openssl35", FIPS + CNSA_TLS)
    yield "bullseye", lambda: ["--root", str(TARGETS / "roots/bullseye")]
    for name in ("softhsm2-bookworm", "nss-bookworm", "nss-bookworm-fips", "nss-tampered"):
        yield name, lambda name=name: pkcs11(name)


def scratch(folder, name):
    path = folder / "roots" / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def host_configuration(folder, text):
    path = scratch(folder, "host") / "openssl.cnf"
    path.write_text(text)
    return ["--openssl-conf", str(path)]


def collect(assay, folder):
    """The evidence files by the names of their targets; what is there already is taken."""
    found = {}
    for name, options in targets(folder):
        evidence = folder / name / "evidence.db"
        if not evidence.exists():
            try:
                words = options()
            except (OSError, subprocess.CalledProcessError, KeyError) as error:
                print(f"left out: {name}: {error}", file=sys.stderr)
                continue
            run = subprocess.run([assay, "probe", "-q", "-o", str(folder / name)] + words,
                                 capture_output=True, text=True)
            if not evidence.exists():
                print(f"left out: {name}: {run.stderr.strip()}", file=sys.stderr)
                continue
        found[name] = evidence
    for recorded in sorted((HERE / "hosts").glob("*.sql")):
        found[recorded.stem] = recorded_host(folder, recorded, found["this-machine"])
    return found


def collect_traps(assay, folder):
    """The evidence of the traps, by the names of their tests; what is there already is taken."""
    traps = folder / "traps"
    if not traps.exists():
        env = {**os.environ, "ASSAY_KEEP_EVIDENCE": str(traps), "ASSAY_CONFIG": "none",
               "ASSAY_DATA": str(folder / "no-data")}
        for program in TRAPS:
            path = pathlib.Path(assay).resolve().parent.parent / "tests" / program
            if path.exists():
                subprocess.run([str(path)], env=env, capture_output=True, cwd=HERE.parents[2])
    return {"trap: " + file.stem.replace("-", " ").strip(): file
            for file in sorted(traps.glob("*.db"))}


def recorded_host(folder, recorded, pattern):
    """Evidence of a made-up host: an empty database as this version makes it, and its statements."""
    import sqlite3
    target = folder / recorded.stem / "evidence.db"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(pattern, target)
    with sqlite3.connect(target) as db:
        tables = [row[0] for row in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        keep = ("run", "assay_schema", "schema_version")
        for table in tables:
            if table not in keep:
                db.execute(f"DELETE FROM {table}")
        db.executescript(recorded.read_text())
    return target


def judge(assay, folder, evidence, packs, day):
    report = folder / "report"
    words = [assay, "check", "-q", str(evidence), "--as-of", day, "-o", str(report), "--format",
             "json", "--max-snapshot-age", "36500"]
    for pack in packs:
        words += ["--pack", pack]
    run = subprocess.run(words, capture_output=True, text=True)
    path = report / "report.json"
    if not path.exists():
        sys.exit(f"assay check {evidence}: {run.stderr}")
    findings = json.loads(path.read_text())["findings"]
    path.unlink()
    return findings


def fired(assay, folder, evidence, packs, days, seen):
    """Adds to `seen`, for each (pack, rule) and result, where it was seen first."""
    for day in days:
        for name, file in evidence.items():
            for finding in judge(assay, folder, file, packs, day):
                places = seen[(finding["pack"], finding["rule"])]
                where = name if day == TODAY else f"{name} as of {day}"
                if finding["result"] not in places or (day == TODAY and
                                                       " as of " in places[finding["result"]]):
                    places[finding["result"]] = where


def explanations():
    path = HERE / "unfired.csv"
    with open(path, newline="") as file:
        return {(row["pack"], row["rule"], row["result"]): row["reason"]
                for row in csv.DictReader(file)}


def page(seen, explained):
    lines = ["# Where rules fired", "",
             "Made by `tests/rules/fired/fired.py`; do not edit. The rules of these packs were run over real "
             "modules, unpacked systems and recorded hosts (`tests/rules/fired/hosts/`), as of several days, "
             "and on what the tests collect: traps, hostile providers and modules, prepared tokens (by "
             "the name of the test). Where each was first seen to pass and to fail, or why it was not.", ""]
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
    if not (TARGETS / "state/openssl30-fips30/fips.so").exists():
        print("SKIP: the real modules are not here; docs/testing.md says how to get them")
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        packs = options.pack or PACKS
        seen = collections.defaultdict(dict)
        fired(options.assay, folder, collect(options.assay, folder), packs, DAYS, seen)
        trapped = [pack for pack in packs if pack in TRAP_PACKS]
        if trapped:
            fired(options.assay, folder, collect_traps(options.assay, folder), trapped, [TODAY], seen)
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
