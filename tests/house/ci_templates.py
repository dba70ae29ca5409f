#!/usr/bin/env python3
"""ci_templates.py ASSAY DOCS_CI: runs the shell parts of the files for pipelines as they stand.

The YAML is read with python3-yaml where it is there; GitHub, GitLab and Jenkins are not asked. The
image that is assessed is an empty folder, so the verdict has to be exit 3; the hook gets files that
hold and that do not. Exit 77: jq or bash is not here (CTest: skipped).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

UNDETERMINED = 3


def shell(script, folder, variables):
    """Runs `script` with bash as runners do, in `folder`; its exit code, and what it printed."""
    environment = {**os.environ, "ASSAY_CONFIG": "none", **variables}
    done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=folder, env=environment,
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def blocks(text, start):
    """The lines of the block that `start` begins, without their indent."""
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.strip() == start)
    indent = len(lines[at + 1]) - len(lines[at + 1].lstrip())
    body = []
    for line in lines[at + 1:]:
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            break
        body.append(line[indent:])
    return "\n".join(body)


def check(problems, holds, words):
    if not holds:
        problems.append(words)


def github(problems, ci, folder):
    text = open(os.path.join(ci, "action.yml"), encoding="utf-8").read()
    summary = os.path.join(folder, "summary.md")
    variables = {"ASSAY_ROOT": os.path.join(folder, "image"), "ASSAY_PROFILE": "ci",
                 "ASSAY_FAIL_ON": "", "ASSAY_WAIVERS": "", "ASSAY_BASELINE": "",
                 "ASSAY_SOURCE_MAP": "",
                 "REPORT": "assay-report", "GITHUB_STEP_SUMMARY": summary}
    for name in re.findall(r"^ {8}([A-Z_]+): \$\{\{ inputs", text, re.M):
        check(problems, name in variables, f"action.yml: {name} is set and not tested")
    code, said = shell(blocks(text, "run: |"), folder, variables)
    check(problems, code == UNDETERMINED, f"action.yml: exit {code}: {said[-500:]}")
    check(problems, "::warning title=assay::" in said, f"action.yml: no verdict: {said[-500:]}")
    for made in ("summary.md", "assay-report/upload.sarif", "assay-report/report.html",
                 "assay-report/report.txt"):
        check(problems, os.path.getsize(os.path.join(folder, made)) > 0, f"action.yml: no {made}")


def gitlab(problems, ci, folder):
    text = open(os.path.join(ci, "gitlab.yml"), encoding="utf-8").read()
    line = re.search(r"^ +- (assay check .*)$", text, re.M).group(1)
    code, said = shell(line, folder, {"IMAGE_ROOT": os.path.join(folder, "image"),
                                      "ASSAY_PROFILE": "ci"})
    check(problems, code == UNDETERMINED, f"gitlab.yml: exit {code}: {said[-500:]}")
    for made in re.findall(r"assay-report/\S+\.(?:xml|json)", text):
        check(problems, os.path.exists(os.path.join(folder, made)), f"gitlab.yml: no {made}")


def jenkins(problems, ci, folder):
    text = open(os.path.join(ci, "Jenkinsfile"), encoding="utf-8").read()
    line = re.search(r"sh '(.*)'", text).group(1)
    code, said = shell(line, folder, {"IMAGE_ROOT": os.path.join(folder, "image"),
                                      "ASSAY_PROFILE": "ci"})
    check(problems, code == UNDETERMINED, f"Jenkinsfile: exit {code}: {said[-500:]}")
    check(problems, text.count("{") == text.count("}"), "Jenkinsfile: braces do not match")


def dockerfile(problems, ci, folder):
    text = open(os.path.join(ci, "Dockerfile"), encoding="utf-8").read().replace("\\\n", " ")
    line = re.search(r"^RUN (.*)$", text, re.M).group(1)
    line = line.replace(" /image ", f" {folder}/image ").replace("/assay-report", f"{folder}/layer")
    code, said = shell(line, folder, {})
    check(problems, code == UNDETERMINED, f"Dockerfile: exit {code}: {said[-500:]}")
    check(problems, "exit 3: " in said, f"Dockerfile: no report in the log: {said[-500:]}")


def hook(problems, ci, folder):
    script = os.path.join(ci, "openssl-conf-hook.sh")
    held, bad = os.path.join(folder, "held openssl.cnf"), os.path.join(folder, "openssl.cnf")
    start = "config_diagnostics = 1\nopenssl_conf = init\n[init]\nalg_section = algorithms\n[algorithms]\n"
    for path, line in ((held, "default_properties = fips=yes\n"), (bad, "default_properties = fips=no\n")):
        with open(path, "w", encoding="utf-8") as file:
            file.write(start + line)
    done = subprocess.run([script, held], cwd=folder, capture_output=True, text=True, check=False)
    check(problems, done.returncode == 0, f"hook: a file that holds: {done.stdout}{done.stderr}")
    done = subprocess.run([script, "held openssl.cnf", "openssl.cnf"], cwd=folder,
                          capture_output=True, text=True, check=False)
    check(problems, done.returncode == 1, f"hook: a file that does not hold: {done.stdout}{done.stderr}")
    check(problems, "openssl.cnf:6: default_properties = fips=no" in done.stdout,
          f"hook: no file and line: {done.stdout}")


def read_yaml(problems, ci):
    try:
        import yaml
    except ImportError:
        print("python3-yaml is not here: the YAML files were not read as YAML")
        return
    for name in ("action.yml", "gitlab.yml", "../../.pre-commit-hooks.yaml"):
        with open(os.path.join(ci, name), encoding="utf-8") as file:
            check(problems, yaml.safe_load(file), f"{name}: nothing in it")


def main(assay, ci):
    if shutil.which("jq") is None or shutil.which("bash") is None:
        print("SKIPPED: no jq or no bash, so the shell parts of docs/ci were not run")
        return 77
    os.environ["PATH"] = os.path.dirname(os.path.abspath(assay)) + os.pathsep + os.environ["PATH"]
    problems = []
    for part in (github, gitlab, jenkins, dockerfile, hook):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "image"))
            part(problems, os.path.abspath(ci), folder)
    read_yaml(problems, os.path.abspath(ci))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
