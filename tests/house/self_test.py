#!/usr/bin/env python3
"""Shows that each check of the house can fail: every test makes a small bad tree and is caught."""

import os
import sys
import tempfile
import unittest
from unittest import mock

sys.dont_write_bytecode = True

import assertions
import cycles
import docs_fresh
import format as formatting
import guide_example
import layers
import links
import scorecard
import source_tree


class Tree(unittest.TestCase):
    """A test with a folder of its own to put files into."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = self.folder.name

    def write(self, path, text):
        file = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf-8") as opened:
            opened.write(text)
        return file


class Layers(Tree):
    def only_problem(self):
        found, _ = layers.problems(self.root)
        self.assertEqual(len(found), 1, found)
        return found[0]

    def test_an_upward_include_is_found_with_its_line(self):
        self.write("rules/a.h", "#pragma once\n")
        self.write("evidence/b.h", '#pragma once\n\n#include "rules/a.h"\n')
        self.assertEqual(
            self.only_problem(), 'evidence/b.h:3: evidence may not include "rules/a.h"'
        )

    def test_product_code_may_not_include_tests(self):
        self.write("tests/a.h", "")
        self.write("cli/b.cpp", '#include "tests/a.h"\n')
        self.assertIn("cli may not include", self.only_problem())

    def test_a_library_is_found_outside_its_layer(self):
        self.write("rules/a.cpp", "#include <sqlite3.h>\n")
        self.assertIn("belongs in evidence/base only", self.only_problem())

    def test_the_layer_above_a_home_is_not_a_home(self):
        self.write("evidence/a.cpp", "#include <sqlite3.h>\n")
        self.assertIn("belongs in evidence/base only", self.only_problem())

    def test_an_unknown_library_is_found(self):
        self.write("cmvp/a.cpp", "#include <archive.h>\n")
        self.assertIn("does not know", self.only_problem())

    def test_an_include_not_from_the_root_is_found(self):
        self.write("rules/a.h", "")
        self.write("rules/b.h", '#include "a.h"\n')
        self.assertIn("not a path from the root", self.only_problem())

    def test_a_header_that_is_not_first_in_its_own_source_is_found(self):
        self.write("rules/a.h", "")
        self.write("rules/a.cpp", '#include <string>\n\n#include "rules/a.h"\n')
        self.assertIn("not its first include", self.only_problem())

    def test_an_include_in_a_comment_or_a_literal_is_none(self):
        self.write("rules/a.cpp", '/*\n#include <sqlite3.h>\n*/\nconst char* b = R"(\n#if 0\n)";\n')
        self.assertEqual(layers.problems(self.root), ([], 0))

    def test_what_the_table_allows_is_no_problem(self):
        self.write("evidence/base/a.h", "#include <sqlite3.h>\n#include <string>\n")
        self.write("rules/b.cpp", '#include <unistd.h>\n#include "evidence/base/a.h"\n')
        self.assertEqual(layers.problems(self.root), ([], 4))


class Cycles(Tree):
    def test_files_that_include_each_other_are_found(self):
        self.write("rules/a.h", '#include "rules/b.h"\n')
        self.write("rules/b.h", '#include "rules/c.h"\n')
        self.write("rules/c.h", '#include "rules/a.h"\n')
        found, _ = cycles.problems(self.root)
        self.assertEqual(
            found, ["files include each other: rules/a.h -> rules/b.h -> rules/c.h -> rules/a.h"]
        )

    def test_folders_that_include_each_other_are_found_without_a_circle_of_files(self):
        self.write("rules/a.h", '#include "cmvp/b.h"\n')
        self.write("cmvp/b.h", "")
        self.write("cmvp/c.h", '#include "rules/d.h"\n')
        self.write("rules/d.h", "")
        found, _ = cycles.problems(self.root)
        self.assertEqual(found, ["folders include each other: cmvp -> rules -> cmvp"])

    def test_a_diamond_is_no_circle(self):
        self.write("rules/a.h", '#include "rules/b.h"\n#include "rules/c.h"\n')
        self.write("rules/b.h", '#include "rules/d.h"\n')
        self.write("rules/c.h", '#include "rules/d.h"\n')
        self.write("rules/d.h", "")
        self.assertEqual(cycles.problems(self.root), ([], 4))


class Assertions(Tree):
    def found_in(self, text):
        self.write("tests/a_test.cpp", text)
        return assertions.problems(self.root)[0]

    def test_a_test_that_asserts_nothing_is_found_with_its_line(self):
        found = self.found_in('\nTEST_CASE("nothing is checked") { run(); }\n')
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0].startswith('tests/a_test.cpp:2: TEST_CASE("nothing is checked")'))

    def test_an_assertion_in_a_comment_or_a_literal_does_not_count(self):
        self.assertEqual(len(self.found_in('TEST_CASE("x") {\n  // CHECK(a);\n  log("CHECK(a)");\n}\n')), 1)

    def test_a_constant_does_not_count(self):
        self.assertEqual(len(self.found_in('TEST_CASE("x") { CHECK(true); }\n')), 1)

    def test_success_does_not_count(self):
        self.assertEqual(len(self.found_in('TEST_CASE("x") { SUCCEED("fine"); }\n')), 1)

    def test_an_assertion_in_the_next_test_does_not_count(self):
        text = 'TEST_CASE("x") { run(); }\nTEST_CASE("y") { CHECK(a == b); }\n'
        self.assertEqual(len(self.found_in(text)), 1)

    def test_an_assertion_in_a_function_that_is_called_counts(self):
        text = (
            "void expect(int a) {\n  REQUIRE(a == 1);\n}\n"
            "void expect_both(int a, int b) {\n  expect(a);\n  expect(b);\n}\n"
            'TEST_CASE("x {") { expect_both(1, 2); }\n'
        )
        self.assertEqual(self.found_in(text), [])

    def test_a_python_test_that_asserts_nothing_is_found(self):
        self.write("tests/b.py", "def test_it():\n    print(1)\n\ndef test_that():\n    assert 1 + 1 == 2\n")
        found, count = assertions.problems(self.root)
        self.assertEqual((found, count), (["tests/b.py:1: test_it asserts nothing"], 2))


class DocsFresh(Tree):
    def program(self, text):
        file = self.write("assay", f"#!/bin/sh\nprintf '%s' '{text}'\n")
        os.chmod(file, 0o755)
        return file

    def test_a_page_that_differs_is_found_with_the_difference(self):
        self.write("docs/evidence-tables.md", "old\n")
        for page in set(docs_fresh.PAGES.values()) - {"evidence-tables.md"}:
            self.write("docs/" + page, "new\n")
        found = docs_fresh.stale(self.program("new\n"), os.path.join(self.root, "docs"))
        self.assertEqual(len(found), 1)
        self.assertIn("-old\n+new", found[0])

    def test_a_missing_page_is_found(self):
        found = docs_fresh.stale(self.program("new\n"), os.path.join(self.root, "docs"))
        self.assertEqual(len(found), len(docs_fresh.PAGES))

    def test_a_program_that_prints_nothing_is_found(self):
        self.write("docs/evidence-tables.md", "")
        self.write("docs/rules.md", "")
        found = docs_fresh.stale(self.program(""), os.path.join(self.root, "docs"))
        self.assertEqual(len(found), len(docs_fresh.PAGES))

    def test_update_golden_writes_the_pages(self):
        self.write("docs/rules.md", "old\n")
        with mock.patch.dict(os.environ, UPDATE_GOLDEN="1"), mock.patch("builtins.print"):
            code = docs_fresh.main(self.program("new\n"), os.path.join(self.root, "docs"))
        self.assertEqual(code, 0)
        self.assertEqual(source_tree.read(self.root, "docs/rules.md"), "new\n")


class GuideExample(Tree):
    PAGE = "File `pack.xml`:\n\n```xml\n<pack/>\n```\n\nFile `a.csv`:\n\n```csv\na\n```\n"

    def code(self, page, script):
        program = self.write("assay", f"#!/bin/sh\n{script}\n")
        os.chmod(program, 0o755)
        with mock.patch("builtins.print"):
            return guide_example.main(program, self.write("guide.md", page))

    def test_the_files_of_the_page_reach_the_program(self):
        self.assertEqual(self.code(self.PAGE, 'grep -q "<pack/>" "$4/pack.xml" && test -f "$4/a.csv"'), 0)

    def test_a_page_without_a_pack_is_found(self):
        self.assertEqual(self.code("# Nothing\n", "exit 0"), 1)

    def test_an_example_whose_tests_fail_is_found(self):
        self.assertEqual(self.code(self.PAGE, 'test "$2" = lint'), 1)

    def test_an_example_that_takes_a_missing_value_for_good_is_found(self):
        self.assertEqual(self.code(self.PAGE, 'test "$2" != missing || echo "a rule takes it"'), 1)
        self.assertEqual(self.code(self.PAGE, 'test "$2" != missing'), 1)


class Links(Tree):
    def test_a_link_to_a_missing_file_is_found(self):
        self.write("docs/a.md", "See [b](b.md) and [the web](https://example.org/x).\n")
        self.assertEqual(
            links.problems(self.root), (["docs/a.md: links to b.md, which is not there"], 1)
        )

    def test_a_link_to_a_missing_heading_is_found(self):
        self.write("README.md", "[a](docs/a.md#what-it-is), [b](docs/a.md#what-else)\n")
        self.write("docs/a.md", "# What `it` is\n")
        self.assertEqual(len(links.problems(self.root)[0]), 1)

    def test_a_link_in_code_is_none(self):
        self.write("README.md", "```\n[a](b.md)\n```\n`[a](b.md)`\n")
        self.assertEqual(links.problems(self.root), ([], 0))


class Format(Tree):
    def test_a_source_that_is_written_differently_is_found(self):
        program = formatting.clang_format()
        if not program:
            self.skipTest("clang-format is not installed")
        self.write(".clang-format", "BasedOnStyle: Google\n")
        self.write("rules/a.h", "int  a;\n")
        self.write("rules/b.h", "int a;\n")
        self.assertEqual(
            formatting.unformatted(program, self.root),
            (["rules/a.h:1: clang-format writes it differently"], 2),
        )

    def test_without_clang_format_the_check_says_that_it_is_skipped(self):
        with mock.patch.object(formatting, "clang_format", return_value=None):
            with mock.patch("builtins.print") as said:
                self.assertEqual(formatting.main(self.root, False), formatting.SKIPPED)
        self.assertIn("SKIPPED", said.call_args[0][0])


class Report(Tree):
    def test_a_check_that_looked_at_nothing_fails(self):
        with mock.patch("builtins.print"):
            self.assertEqual(source_tree.report("files", [], 0), 1)
            self.assertEqual(source_tree.report("files", [], 1), 0)
            self.assertEqual(source_tree.report("files", ["one"], 1), 1)

    def test_the_scorecard_counts_what_is_there(self):
        self.write(
            "rules/a.h",
            "#pragma once\n\n/// Says a.\nint a();\n\nint b();\n\nclass C {\n public:\n"
            "  /// Says d.\n  int d();\n\n private:\n  int e();\n};\n",
        )
        self.write("rules/a.cpp", "int a() {\n  if (b()) {\n    return 1;\n  }\n  return 2;\n}\n")
        self.write("tests/a_test.cpp", "int x = 1;\n")
        card = dict(scorecard.card(self.root))
        self.assertIn("longest 6 (rules/a.cpp:1 a)", card["product functions, lines"])
        self.assertEqual(card["public headers documented"], "50 % (2 of 4)")


if __name__ == "__main__":
    unittest.main()
