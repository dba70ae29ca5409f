#!/usr/bin/env python3
"""large_evidence.py EVIDENCE OUT [--modules N] [--keys N]: makes a large host of a real one.

OUT holds what EVIDENCE (a host that was probed, with the catalogue) says of its modules over and
over, each time under other names, until there are N modules, and besides a made-up PKCS #11 module
with ten tokens of N keys in all. It is there to be measured and tells nothing about any host.
"""

import argparse
import shutil
import sqlite3

TOKENS = 10
MODULE = "pkcs11:/usr/lib/made-up.so"
CLASSES = (
    ("CKO_SECRET_KEY", "CKK_AES", 256, "encrypt decrypt wrap unwrap"),
    ("CKO_SECRET_KEY", "CKK_GENERIC_SECRET", 128, "sign verify"),
    ("CKO_PRIVATE_KEY", "CKK_RSA", 2048, "sign decrypt"),
    ("CKO_PUBLIC_KEY", "CKK_RSA", 2048, "verify encrypt"),
    ("CKO_PRIVATE_KEY", "CKK_EC", 256, "sign derive"),
    ("CKO_PUBLIC_KEY", "CKK_EC", 256, "verify"),
)


def columns(db, table):
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def tables_about_modules(db):
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return [name for name in names if {"module", "source"} <= set(columns(db, name))]


def insert(db, table, rows):
    rows = list(rows)
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])
        places = ", ".join("?" for _ in rows[0])
        db.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})",
                       [tuple(row.values()) for row in rows])


def copy_modules(db, wanted):
    """Writes what is on record of each module again, under `module-N`, with sources of its own."""
    db.row_factory = sqlite3.Row
    modules = [row[0] for row in db.execute("SELECT DISTINCT module FROM provider ORDER BY 1")]
    first = db.execute("SELECT max(id) FROM source").fetchone()[0] + 1
    sources = [dict(row) for row in db.execute("SELECT * FROM source")]
    feeds = [dict(row) for row in db.execute("SELECT * FROM source_feed")]
    rows = {table: [dict(row) for row in db.execute(f"SELECT * FROM {table} WHERE module <> ''")]
            for table in tables_about_modules(db)}
    for copy in range(1, -(-wanted // len(modules))):
        shift = first * copy
        name = lambda module: f"{module}-{copy}" if module in modules else module
        own = [row for row in sources if row["subject"] in modules]
        insert(db, "source", ({**row, "id": row["id"] + shift, "subject": name(row["subject"])}
                              for row in own))
        ids = {row["id"] for row in own}
        insert(db, "source_feed", ({**row, "source": row["source"] + shift}
                                   for row in feeds if row["source"] in ids))
        for table, about in rows.items():
            insert(db, table, ({**row, "module": name(row["module"]),
                                "source": row["source"] + shift if row["source"] in ids
                                else row["source"]} for row in about))
    return len(modules) * -(-wanted // len(modules))


def add_source(db, subject, tables):
    template = dict(db.execute("SELECT * FROM source LIMIT 1").fetchone())
    number = db.execute("SELECT max(id) FROM source").fetchone()[0] + 1
    insert(db, "source", [{**template, "id": number, "subject": subject, "probe": "pkcs11",
                           "locator": "/usr/lib/made-up.so", "method": "C_FindObjects",
                           "outcome": "observed", "reason": ""}])
    insert(db, "source_feed", ({"source": number, "table_name": table} for table in tables))
    return number


def add_tokens(db, keys):
    module = add_source(db, MODULE, ["pkcs11_module", "pkcs11_token"])
    insert(db, "pkcs11_module", [{"source": module, "basis": "declared", "module": MODULE,
                                  "path": "/usr/lib/made-up.so", "asked_for": "", "init_args": 0}])
    for slot in range(TOKENS):
        token = f"pkcs11:token=made-up-{slot}"
        source = add_source(db, token, ["pkcs11_session", "pkcs11_login", "pkcs11_object_class",
                                        "pkcs11_key", "pkcs11_certificate"])
        about = {"source": source, "basis": "listed", "token": token, "module": MODULE,
                 "slot": str(slot)}
        insert(db, "pkcs11_token", [{**about, "label": f"made-up-{slot}", "initialized": 1}])
        insert(db, "pkcs11_session", [{**about, "opened": 1, "logged_in": 1,
                                       "sees_private": 1, "result": "CKR_OK"}])
        insert(db, "pkcs11_login", [{**about, "tried": 1, "accepted": 1, "result": "CKR_OK"}])
        insert(db, "pkcs11_key", (key(about, token, slot * keys // TOKENS + i)
                                  for i in range(keys // TOKENS)))


def key(about, token, number):
    kind, key_type, bits, uses = CLASSES[number % len(CLASSES)]
    usage = {use: int(use in uses.split())
             for use in ("encrypt", "decrypt", "sign", "verify", "wrap", "unwrap", "derive")}
    secret = kind != "CKO_PUBLIC_KEY"
    return {**about, **usage, "key": f"{token};object=key%20{number};type={kind}",
            "position": number, "class": kind, "key_type": key_type, "size_bits": bits,
            "curve": "P-256" if key_type == "CKK_EC" else None, "label": f"key {number}",
            "id": f"{number // 6:08x}", "on_token": 1, "private": int(secret), "modifiable": 0,
            "sensitive": int(secret), "always_sensitive": int(secret),
            "extractable": int(number % 50 == 0) if secret else None,
            "never_extractable": int(number % 50 != 0) if secret else None, "local": 1,
            "trusted": 0, "public_value": f"{number // 6:064x}" if not secret else None,
            "end_date": "2025-01-01" if number % 100 == 0 else None}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("evidence")
    parser.add_argument("out")
    parser.add_argument("--modules", type=int, default=100)
    parser.add_argument("--keys", type=int, default=10_000)
    options = parser.parse_args()
    shutil.copy(options.evidence, options.out)
    with sqlite3.connect(options.out) as db:
        made = copy_modules(db, options.modules)
        add_tokens(db, options.keys)
        rows = db.execute("SELECT count(*) FROM pkcs11_key").fetchone()[0]
    print(f"{made} modules, {rows} keys")


if __name__ == "__main__":
    main()
