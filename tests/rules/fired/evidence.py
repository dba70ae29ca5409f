"""What the rules are run over: real modules, unpacked systems, recorded hosts, wayward modules, and what
the traps collect. The real modules are those that docs/testing.md names (ASSAY_TARGETS)."""

import csv
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TARGETS = pathlib.Path(os.environ.get("ASSAY_TARGETS", "/tmp/assay-targets"))
LIBRARIES = "usr/lib/x86_64-linux-gnu"

# Test programs that run assay on traps, hostile providers and modules, and prepared tokens.
TRAPS = ["test_traps", "test_hostile", "test_pkcs11"]


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


# What `openssl fipsinstall -pedantic` of OpenSSL 3.5 adds to a section that it writes without.
PEDANTIC = """conditional-errors = 1
security-checks = 1
hmac-key-check = 1
kmac-key-check = 1
tls1-prf-ems-check = 1
no-short-mac = 1
drbg-no-trunc-md = 1
signature-digest-check = 1
hkdf-digest-check = 1
tls13-kdf-digest-check = 1
tls1-prf-digest-check = 1
sshkdf-digest-check = 1
sskdf-digest-check = 1
x963kdf-digest-check = 1
dsa-sign-disabled = 1
tdes-encrypt-disabled = 1
rsa-pkcs15-pad-disabled = 1
rsa-pss-saltlen-check = 1
rsa-sign-x931-pad-disabled = 1
hkdf-key-check = 1
kbkdf-key-check = 1
tls13-kdf-key-check = 1
tls1-prf-key-check = 1
sshkdf-key-check = 1
sskdf-key-check = 1
x963kdf-key-check = 1
x942kdf-key-check = 1
pbkdf2-lower-bound-check = 1
ecdh-cofactor-check = 1
"""


def small_root(folder, suite, state, configuration, settings=""):
    """An unpacked system with its OpenSSL alone, the configuration given, and `settings` more in the
    section of the FIPS provider."""
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
        section = (TARGETS / "state" / state / "fipsmodule.cnf").read_text()
        kept = [line for line in section.splitlines()
                if line.split("=")[0].strip() + " = 1" not in settings.splitlines()]
        (root / "etc/ssl/fipsmodule.cnf").write_text("\n".join(kept) + "\n" + settings)
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
    yield "trixie-pedantic", lambda: small_root(
        scratch(folder, "trixie-pedantic"), "trixie", "openssl35", FIPS + STRICT_TLS, PEDANTIC)
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


def wayward(assay, folder):
    """The same for real modules behind one that answers one function wrongly (slips.csv)."""
    module = pathlib.Path(assay).resolve().parent.parent / "tests/pkcs11/wayward_module.so"
    with open(HERE / "slips.csv", newline="") as file:
        for row in csv.DictReader(file):
            yield f"wayward: {row['slip']}", lambda row=row: wayward_words(folder, module, row)


def wayward_words(folder, module, row):
    real = pkcs11(row["behind"])
    words = [str(module), "--exercise", "--pkcs11-env", f"ASSAY_BEHIND={real[0]}", "--pkcs11-env",
             f"ASSAY_SLIP={row['slip']}"] + real[1:]
    store = TARGETS / "state" / row["behind"]
    copy = folder / "stores" / row["behind"]
    if not copy.exists():
        shutil.copytree(store, copy)
        for file in copy.rglob("*.conf"):
            file.write_text(file.read_text().replace(str(store), str(copy)))
    return [word.replace(str(store), str(copy)) for word in words]


def collect(assay, folder, targets):
    """The evidence files by the names of their targets; what is there already is taken."""
    found = {}
    for name, options in targets:
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
    return found


def collect_hosts(assay, folder):
    """The evidence of real modules and unpacked systems, and the recorded hosts."""
    found = collect(assay, folder, targets(folder))
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


