#!/usr/bin/env python3
"""import_killed_test.py ASSAY : an import that is killed at any moment leaves the snapshot that was
there, whole and usable. The records are invented, in the shape of the feed."""
import hashlib, json, os, signal, subprocess, sys, tempfile, time, unittest

ASSAY = sys.argv.pop(1)
DAY = "2026-11-01"


def feed(path, count, vendor):
    with open(path, "w") as file:
        for number in range(1, count + 1):
            file.write(json.dumps({
                "number": 90000 + number % 9999, "status": "Active", "status_as_of": DAY,
                "name": f"Module {number}", "vendor": vendor, "standard": "FIPS 140-3",
                "software_versions": ["1.0", "1.1"],
                "tested_configurations": [f"Example OS {n} running on X" for n in range(8)],
            }) + "\n")


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class Killed(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.environment = dict(os.environ, ASSAY_DATA=self.folder.name + "/data")
        self.snapshot = f"{self.folder.name}/data/snapshots/{DAY}.db"
        feed(self.folder.name + "/small.jsonl", 3, "Before")
        feed(self.folder.name + "/large.jsonl", 1500, "After")
        self.run_import("small.jsonl").communicate()

    def run_import(self, name):
        return subprocess.Popen(
            [ASSAY, "cmvp", "import", self.folder.name + "/" + name, "--taken-at", DAY],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def held(self):
        said = subprocess.run([ASSAY, "cmvp", "list", "--format", "json"], env=self.environment,
                              capture_output=True, text=True)
        self.assertEqual(said.returncode, 0, said.stderr)
        return {each["taken_at"]: each for each in json.loads(said.stdout)}

    def test_an_import_that_is_killed_leaves_the_old_snapshot(self):
        started = time.monotonic()
        self.run_import("small.jsonl").communicate()
        step = max(0.03, (time.monotonic() - started) / 4)
        before, old = digest(self.snapshot), self.held()[DAY]
        killed, delay = 0, 0.0
        while True:
            process = self.run_import("large.jsonl")
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            # The one that was faster than the signal has replaced it, or was about to end.
            if process.returncode == 0 or digest(self.snapshot) != before:
                break
            self.assertEqual(process.returncode, -signal.SIGKILL)
            killed += 1
            if killed % 4 == 1:
                self.assertEqual(self.held()[DAY], old)
            delay += step
        self.assertGreaterEqual(killed, 3)
        self.assertGreater(self.held()[DAY]["certificates"], 7000)

    def test_what_a_killed_import_left_is_no_snapshot_and_the_next_import_goes_through(self):
        process = self.run_import("large.jsonl")
        time.sleep(0.2)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.assertEqual(set(self.held()), {"2026-09-30", DAY})
        self.run_import("large.jsonl").communicate()
        self.assertGreater(self.held()[DAY]["certificates"], 7000)
        self.assertEqual(os.listdir(self.folder.name + "/data/snapshots"), [DAY + ".db"])


if __name__ == "__main__":
    unittest.main()
