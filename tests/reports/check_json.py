"""Judges JSON reports by docs/report.schema.json with python3-jsonschema.

usage: check_json.py SCHEMA FILE...
Exit 0 valid, 1 invalid, 77 python3-jsonschema is not here (CTest: skipped).
"""
import copy
import json
import sys

try:
    import jsonschema
except ImportError:
    print("SKIPPED: python3-jsonschema is not installed, no JSON report was judged by its schema")
    sys.exit(77)


def broken(report):
    """Reports that the schema must refuse: each lacks or bends one thing."""
    for key in report:
        lacking = copy.deepcopy(report)
        del lacking[key]
        yield f"without {key}", lacking
    for change in ({"schema": "assay-report/2"}, {"surprise": 1}, {"findings": {}},
                   {"as_of": "23 November 2026"}):
        yield f"with {change}", {**copy.deepcopy(report), **change}


schema = json.load(open(sys.argv[1], encoding="utf-8"))
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
judge = validator(schema)
bad = 0
for name in sys.argv[2:]:
    report = json.load(open(name, encoding="utf-8"))
    for error in judge.iter_errors(report):
        bad += 1
        print(f"{name}: {error.json_path}: {error.message[:200]}")
    for what, wrong in broken(report):
        if judge.is_valid(wrong):
            bad += 1
            print(f"{name}: the schema takes a report {what}")
sys.exit(1 if bad else 0)
