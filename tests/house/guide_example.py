#!/usr/bin/env python3
"""guide_example.py ASSAY GUIDE: the example pack of GUIDE (docs/rules-guide.md) is as good as it says.

Its files are taken from the page and linted, their tests are run and notice slips, and no rule of it
takes a missing value for good.
"""

import os
import re
import subprocess
import sys
import tempfile


def example_files(page):
    """Name and text of each file that the page shows: a line "File `name`:", then a code block."""
    return re.findall(r"^File `([\w.]+)`:\n\n```\w*\n(.*?)^```$", page, re.S | re.M)


def main(assay, guide):
    with open(guide, encoding="utf-8") as file:
        files = example_files(file.read())
    if len(files) < 2:
        print(f"{guide}: shows no pack")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        codes = [subprocess.call([assay, "rules", what, "--pack", folder])
                 for what in ("lint", "test", "mutate")]
        missing = subprocess.run([assay, "rules", "missing", "--pack", folder], check=False,
                                 stdout=subprocess.PIPE, text=True)
    print(missing.stdout, end="")
    return 1 if any(codes) or missing.returncode or missing.stdout else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
