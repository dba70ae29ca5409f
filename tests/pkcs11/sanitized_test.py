#!/usr/bin/env python3
"""sanitized_test.py PROBE MODULE SOURCE: puts the hostile module of tests/pkcs11 through the program that
loads it, once for every misbehaviour that the sources in SOURCE name, with sessions. Where the program is
built with sanitizers, none of them may have anything to say: whatever the module does, the program itself
reads and writes only what is its own. A misbehaviour that is to end the process ends it as it does without
sanitizers. It needs nothing of assay but that program."""

import concurrent.futures
import ctypes
import glob
import os
import re
import signal
import subprocess
import sys

PROBE, MODULE, SOURCE = sys.argv[1:4]
LOG = (64 << 20) + 16
HANGS = "hangs"
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
# A crash is to stay a crash, and memory is to end somewhere: the limit that assay itself sets is not
# there in a build with sanitizers, which reserve far more than they use.
OPTIONS = (
    "handle_segv=0:handle_abort=0:handle_sigbus=0:allocator_may_return_null=1:soft_rss_limit_mb=400:detect_leaks=0"
)
ENDINGS = {
    "a function leads nowhere": -signal.SIGSEGV,
    "aborts": -signal.SIGABRT,
    "attribute of the second crashes": -signal.SIGSEGV,
    "every mechanism crashes": -signal.SIGSEGV,
    "finalize crashes": -signal.SIGSEGV,
    "function list leads nowhere": -signal.SIGSEGV,
    "initialize crashes": -signal.SIGSEGV,
    "interface list crashes": -signal.SIGSEGV,
    "is killed by its alarm": -signal.SIGALRM,
    "kills itself": -signal.SIGKILL,
    "load crashes": -signal.SIGSEGV,
    "one mechanism crashes": -signal.SIGABRT,
    "open session crashes": -signal.SIGSEGV,
    "overflows the stack": -signal.SIGSEGV,
    "search aborts": -signal.SIGABRT,
    "session info crashes": -signal.SIGSEGV,
    "session info exits": 9,
    "takes all memory": -signal.SIGABRT,
    "the 40th mechanism crashes": -signal.SIGSEGV,
    "token info exits": 3,
}
# AddressSanitizer cannot follow a thread that ends itself: it takes its own stack for a wrong one.
LEFT_OUT = {"ends the thread"}


def misbehaviours():
    names = set()
    for path in glob.glob(os.path.join(SOURCE, "fake_module.c")) + glob.glob(
        os.path.join(SOURCE, "fake_[so]*s.c")
    ):
        with open(path, encoding="utf-8") as file:
            names |= set(re.findall(r'misbehaves\("([^"]+)"\)', file.read()))
    return sorted(names - LEFT_OUT)


def run(name):
    """How the program ended, and what it printed as errors."""
    log = os.memfd_create("log", 0)
    os.ftruncate(log, LOG)
    environment = dict(os.environ, ASSAY_FAKE=name, ASAN_OPTIONS=OPTIONS)
    words = [PROBE, f"--log={log}", f"--module={MODULE}", f"--module-name={MODULE}", "--objects"]
    process = subprocess.Popen(
        words, pass_fds=[log], env=environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )
    os.close(log)
    try:
        process.wait(timeout=5 if name.endswith(HANGS) else 60)
        ending = process.returncode
    except subprocess.TimeoutExpired:
        ending = HANGS
        process.kill()
        process.wait()
    os.set_blocking(process.stderr.fileno(), False)
    said = (process.stderr.read() or b"").decode(errors="replace")
    process.stderr.close()
    return ending, said


def problem(name):
    ending, said = run(name)
    report = re.search(r"(AddressSanitizer|runtime error|Sanitizer:)[^\n]*(\n[^\n]*){0,8}", said)
    wanted = HANGS if name.endswith(HANGS) else ENDINGS.get(name, 0)
    if report and "soft rss limit" not in report.group(0).lower():
        return f"{name}: {report.group(0)}"
    return None if ending == wanted else f"{name}: ended with {ending} where {wanted} is right: {said[:500]}"


def end_left_behind():
    """Ends what the module left behind, which has become ours."""
    while True:
        children = []
        for path in glob.glob("/proc/self/task/*/children"):
            try:
                with open(path, encoding="ascii") as file:
                    children += [int(word) for word in file.read().split()]
            except FileNotFoundError:  # A thread of ours that has ended.
                continue
        if not children:
            return
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def main():
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    names = misbehaviours()
    if len(names) < 50 or not set(ENDINGS) <= set(names):
        sys.exit(f"the sources do not name what is tested here: {sorted(set(ENDINGS) - set(names))}")
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        problems = [found for found in pool.map(problem, names) if found]
    end_left_behind()
    print("\n".join(problems))
    print(f"{len(names)} misbehaviours, {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
