#!/usr/bin/env python3
"""assertions.py ROOT: fails if a test asserts nothing, or only a constant.

A C++ test asserts with CHECK or REQUIRE, or by a function that does, of its own file or of a header
under tests/. A Python test asserts with assert or self.assert….
"""

import ast
import os
import re
import sys

import source_tree

_ASSERTION = re.compile(r"\b(?:STATIC_)?(?:CHECK|REQUIRE)(?:_[A-Z_]+)?\s*\(")
_CONSTANT = re.compile(r"\b(?:CHECK|REQUIRE)\s*\(\s*(?:true|1)\s*\)")
_CASE = re.compile(r"\b(?:TEMPLATE_)?(?:TEST_CASE|SCENARIO)(?:_METHOD|_SIG)?\s*\(")


def asserts(body, helpers):
    body = _CONSTANT.sub("", body)
    if _ASSERTION.search(body):
        return True
    return any(re.search(r"\b" + re.escape(name) + r"\s*\(", body) for name in helpers)


def asserting_functions(text, known):
    """Names of the functions in `text` that assert, themselves or by another that does."""
    names = set(known)
    defined = [(f[0].split("::")[-1], f[3]) for f in source_tree.functions(text)]
    defined = [(name, body) for name, body in defined if not _CASE.match(name + "(")]
    while True:
        more = {name for name, body in defined if name not in names and asserts(body, names)}
        if not more:
            return names
        names |= more


def cases(text):
    """(place, body) of every test case; `text` is blanked."""
    for match in _CASE.finditer(text):
        end = source_tree.closing(text, match.end() - 1)
        opening = text.find("{", end or match.end())
        if end is None or opening < 0:
            continue
        close = source_tree.closing(text, opening)
        yield match, text[opening + 1 : close]


def cpp_problems(root):
    found, count = [], 0
    tests = source_tree.sources(root, ("tests",))
    shared = set()
    for path in tests:
        if path.endswith(".h"):
            shared = asserting_functions(source_tree.blanked(source_tree.read(root, path)), shared)
    for path in tests:
        text = source_tree.read(root, path)
        blanked = source_tree.blanked(text)
        helpers = asserting_functions(blanked, shared)
        for match, body in cases(blanked):
            count += 1
            if not asserts(body, helpers):
                line = blanked.count("\n", 0, match.start()) + 1
                found.append(f"{path}:{line}: {text[match.start():].splitlines()[0]} asserts nothing")
    return found, count


def python_asserts(function):
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and not isinstance(node.test, ast.Constant):
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr.startswith("assert"):
                return True
    return False


def python_problems(root):
    found, count = [], 0
    for parent, _, files in os.walk(os.path.join(root, "tests")):
        for name in sorted(files):
            if not name.endswith(".py"):
                continue
            path = os.path.relpath(os.path.join(parent, name), root)
            for node in ast.walk(ast.parse(source_tree.read(root, path))):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    count += 1
                    if not python_asserts(node):
                        found.append(f"{path}:{node.lineno}: {node.name} asserts nothing")
    return found, count


def problems(root):
    """(problems, number of tests looked at)"""
    cpp, cpp_count = cpp_problems(root)
    python, python_count = python_problems(root)
    return cpp + python, cpp_count + python_count


if __name__ == "__main__":
    sys.exit(source_tree.report("tests", *problems(sys.argv[1])))
