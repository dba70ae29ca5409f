#!/usr/bin/env python3
"""install_test.py CMAKE BUILD: installs into an empty folder and uses what is there.

What only a program that is not on this machine could check is skipped, and says so.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

CMAKE, BUILD = sys.argv[1], sys.argv[2]


def run(*words, **more):
    return subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", **more
    )


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.prefix = cls.folder.name
        installed = run(CMAKE, "--install", BUILD, "--prefix", cls.prefix)
        if installed.returncode != 0:
            raise RuntimeError(installed.stdout + installed.stderr)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def path(self, *words):
        file = os.path.join(self.prefix, *words)
        self.assertTrue(os.path.isfile(file), f"{file} is not installed")
        return file

    def test_doctor_finds_all_it_needs_where_it_is_installed(self):
        result = run(self.path("bin", "assay"), "doctor")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        for name in ("assay-probe-openssl", "assay-probe-pkcs11"):
            self.assertIn(os.path.realpath(self.path("libexec", "assay", name)), result.stdout)

    def test_doctor_says_that_the_probe_program_is_missing_and_what_to_do(self):
        with tempfile.TemporaryDirectory() as alone:
            program = shutil.copy(self.path("bin", "assay"), alone)
            result = run(program, "doctor")
        self.assertEqual(result.returncode, 3, result.stdout)
        self.assertIn("assay-probe-openssl is not there", result.stdout)
        self.assertIn("assay-probe-pkcs11 is not there", result.stdout)
        self.assertIn("cmake --install", result.stdout)

    def test_the_manual_page_has_every_command_and_formats_without_a_warning(self):
        page = self.path("share", "man", "man1", "assay.1")
        with open(page, encoding="utf-8") as file:
            text = file.read()
        for command in ("check", "probe", "report", "query", "explain", "rules", "doctor"):
            self.assertIn(command, text)
        if shutil.which("man") is None:
            self.skipTest("man is not installed (apt-get install man-db)")
        shown = run(
            "man", "--warnings", "-E", "UTF-8", "-l", page,
            env={**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "PAGER": "cat"},
        )
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        self.assertIn("EXIT", shown.stdout.upper())

    def test_the_bash_completion_offers_commands_and_options(self):
        file = self.path("share", "bash-completion", "completions", "assay")
        self.assertEqual(run("bash", "-n", file).returncode, 0)
        script = (
            f'source {file}; COMP_WORDS=(assay ch); COMP_CWORD=1; _assay; echo "${{COMPREPLY[*]}}";'
            f'COMP_WORDS=(assay check --as); COMP_CWORD=2; _assay; echo "${{COMPREPLY[*]}}"'
        )
        self.assertEqual(run("bash", "-c", script).stdout, "check\n--as-of\n")

    def test_the_zsh_completion_is_read_by_zsh(self):
        file = self.path("share", "zsh", "site-functions", "_assay")
        if shutil.which("zsh") is None:
            self.skipTest("zsh is not installed")
        self.assertEqual(run("zsh", "-n", file).stderr, "")

    def test_the_fish_completion_is_read_by_fish(self):
        file = self.path("share", "fish", "vendor_completions.d", "assay.fish")
        if shutil.which("fish") is None:
            self.skipTest("fish is not installed")
        self.assertEqual(run("fish", "-n", file).stderr, "")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
