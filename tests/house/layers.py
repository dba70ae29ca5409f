#!/usr/bin/env python3
"""layers.py ROOT: fails if a file includes what its layer may not see.

The two tables are the architecture (docs/design.md). A folder may include itself and what is listed.
"""

import os
import re
import sys

import source_tree

# Folder (the longest prefix counts) and the folders it may include besides itself.
MAY_INCLUDE = {
    "evidence/base": (),
    "evidence": ("evidence/base",),
    "evidence/drivers": ("evidence", "evidence/base"),
    "evidence/probes": ("evidence/drivers", "evidence", "evidence/base"),
    "cmvp": ("evidence", "evidence/base"),
    "rules": ("evidence", "evidence/base"),
    "reports": ("rules", "evidence/base"),
    "cli": (
        "reports", "rules", "cmvp", "evidence/probes", "evidence/drivers", "evidence",
        "evidence/base",
    ),
    "tests": None,  # anything
}

# Headers of others and the only folders that may include them; tests may include all.
THIRD_PARTY = {
    r"sqlite3\.h$": ("evidence/base",),
    r"openssl/": ("evidence/base", "evidence", "evidence/drivers", "evidence/probes"),
    r"pugixml\.hpp$": ("cmvp", "rules", "reports"),
    r"nlohmann/": ("cmvp", "reports", "cli"),
    r"fmt/": ("reports", "cli"),
    r"xlsxwriter": ("reports",),
    r"boost/program_options": ("cli",),
    r"toml\+\+/": ("evidence/base",),
    r"gumbo\.h$": ("cmvp",),
    r"curl/": ("cmvp",),
    r"libxml/": ("rules",),
    r"catch2/": (),
    # Only the command line prints, but the programs beside it are command lines too.
    r"iostream$": ("cli", "cmvp/tools", "evidence/probes/openssl_child"),
}

# Headers of the operating system. Any other name with a dot or a slash is somebody else's library.
SYSTEM = re.compile(
    r"(sys|linux|netinet|arpa|asm)/|(unistd|fcntl|dirent|dlfcn|elf|link|poll|pwd|grp|signal|spawn|"
    r"errno|time|sched|glob|fnmatch|termios|stdlib|stdio|stdint|stddef|string|cpuid|malloc)\.h$"
)


def layer_of(path):
    """The layer that `path` belongs to, or None."""
    fits = [name for name in MAY_INCLUDE if path.startswith(name + "/")]
    return max(fits, key=len, default=None)


def third_party_problem(path, name):
    if path.startswith("tests/"):
        return None
    for pattern, homes in THIRD_PARTY.items():
        if re.match(pattern, name):
            at_home = any(
                path.startswith(home + "/") and layer_of(path) == layer_of(home + "/x")
                for home in homes
            )
            return None if at_home else f"<{name}> belongs in {', '.join(homes) or 'tests'} only"
    if ("." in name or "/" in name) and not SYSTEM.match(name):
        return f"<{name}> is a library that tests/house/layers.py does not know"
    return None


def project_problem(root, path, name):
    own, other = layer_of(path), layer_of(name)
    if not os.path.isfile(os.path.join(root, name)):
        return f'"{name}" is not a path from the root of the repository'
    if MAY_INCLUDE[own] is not None and other != own and other not in MAY_INCLUDE[own]:
        return f'{own} may not include "{name}"'
    return None


def order_problem(root, path, names):
    header = os.path.splitext(path)[0] + ".h"
    if not path.endswith(".cpp") or not os.path.isfile(os.path.join(root, header)):
        return None
    if names and names[0] == header:
        return None
    return f'{path}:1: "{header}" is not its first include'


def problems(root):
    """(problems, number of includes looked at)"""
    found, count = [], 0
    for path in source_tree.sources(root):
        included = source_tree.includes(source_tree.read(root, path))
        count += len(included)
        for line, quoted, name in included:
            problem = (
                project_problem(root, path, name) if quoted else third_party_problem(path, name)
            )
            if problem:
                found.append(f"{path}:{line}: {problem}")
        order = order_problem(root, path, [name for _, _, name in included])
        if order:
            found.append(order)
    return found, count


if __name__ == "__main__":
    sys.exit(source_tree.report("includes", *problems(sys.argv[1])))
