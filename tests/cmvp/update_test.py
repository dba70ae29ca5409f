#!/usr/bin/env python3
"""update_test.py ASSAY : assay cmvp update against a server on this machine that serves pages of our
own making in NIST's markup, and misbehaves in the ways that servers do. Nothing else is contacted."""
import gzip, http.server, os, socket, ssl, subprocess, sys, tempfile, threading, time, unittest

ASSAY = sys.argv.pop(1)
PROGRAM = "/projects/cryptographic-module-validation-program/"
SEARCH = PROGRAM + "validated-modules/search"


def list_page(status, rows):
    body = "".join(
        f'<tr id="cert-row-{i}"><td><a id="cert-number-link-{i}">{number}</a></td><td>Vendor Ltd</td>'
        f"<td>{name}</td><td>Software</td><td>01/02/2026<br /></td><td>{status}</td></tr>"
        for i, (number, name) in enumerate(rows))
    return (f'<html><body><div id="divResults" data-total-records="{len(rows)}">'
            '<form><select name="CertificateStatus"><option selected="selected" '
            f'value="{status}"></option></select></form>'
            '<table id="searchResultsTable"><thead><tr><th>Certificate Number</th><th>Vendor Name</th>'
            "<th>Module Name</th><th>Module Type</th><th>Validation Date</th><th>Status</th></tr>"
            f"</thead><tbody>{body}</tbody></table></div></body></html>").encode()


def detail_page(number, name, status="Active", **more):
    fields = {"Module Name": name, "Standard": "FIPS 140-3", "Status": status,
              "Sunset Date": "3/9/2030", "Overall Level": "1", "Software Versions": "1.0", **more}
    rows = "".join(f'<div class="row padrow"><div class="col-md-3">{label}</div>'
                   f'<div class="col-md-9">{value}</div></div>' for label, value in fields.items())
    return f"<html><body><h3>Certificate #{number}</h3>{rows}</body></html>".encode()


def entropy_page(number):
    rows = "".join(f'<div class="row padrow"><div class="col-md-3">{label}</div>'
                   f'<div class="col-md-9">{value}</div></div>'
                   for label, value in {"Standard": "SP 800-90B", "Noise Source": "Physical",
                                        "Reuse Status": "Open", "Vendor": "Vendor Ltd"}.items())
    return f"<html><body><h3>Entropy Certificate #E{number}</h3>{rows}</body></html>".encode()


def validation_page(number, validation):
    return ('<html><body><div class="row padrow"><div class="col-md-2">Vendor</div><div class="col-md-10">'
            'Vendor Ltd</div></div><div class="row padrow"><div class="col-md-2">Implementation Name</div>'
            '<div class="col-md-10" id="product-name">Engine</div></div><div class="row padrow">'
            '<div class="col-md-2">Version</div><div class="col-md-10" id="product-version">1.0</div></div>'
            '<div class="row padrow"><div class="col-md-2">Type</div><div class="col-md-10" id="product-type">'
            f'SOFTWARE</div></div><form><h4><a href="details?validation={validation}">{number}</a></h4><table>'
            '<tr><th>Operating Environment</th><th>Algorithm Capabilities</th></tr><tr><td>Debian 12</td>'
            '<td>AES-CBC</td></tr></table></form></body></html>').encode()


PRODUCTS = ('"Category","Name","Manufacturer","Scheme","Assurance Level","Protection Profile(s)",'
            '"Certification Date","Archived Date","Certification Report URL","Security Target URL",'
            '"Maintenance Date","Maintenance Title","Maintenance Report","Maintenance ST"\n'
            '"Smart Cards","Card \xae","Vendor","DE","EAL4+","","06/15/2026","","","","","","",""\n'
            ).encode("latin-1")


def process_page(column, value):
    return ("<html><body><table><thead><tr><th>Module Name</th><th>Vendor Name</th><th>Standard</th>"
            f"<th>{column}</th></tr></thead><tbody><tr><td>New</td><td>V</td><td>FIPS 140-3</td>"
            f"<td>{value}</td></tr></tbody></table></body></html>").encode()


class Site:
    """What the server serves, what it is told to do wrong, and what it was asked."""

    def __init__(self):
        self.pages = {
            "Active": list_page("Active", [(8001, "First"), (8002, "Second")]),
            "Historical": list_page("Historical", [(8003, "Third")]),
            "Revoked": list_page("Revoked", []),
            "modules-in-process-list": process_page("Status", "Coordination"),
            "iut-list": process_page("IUT Date", "7/2/2026"),
            "8001": detail_page(8001, "First"),
            "8002": detail_page(8002, "Second"),
            "8003": detail_page(8003, "Third", "Historical"),
        }
        self.faults, self.asked, self.conditional, self.hosts = {}, [], 0, set()


SITE = Site()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, status, body=b"", **headers):
        self.send_response(status)
        headers.setdefault("Content_Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path
        if path.startswith("http://"):  # Asked as a proxy.
            SITE.hosts.add(path.split("/")[2])
            path = "/" + path.split("/", 3)[3]
        name = path.rsplit("/", 1)[1] or path
        if "/entropy-validations/certificate/" in path:
            name = "E" + name
        if path.startswith(SEARCH):
            name = path.split("CertificateStatus=")[1].split("&")[0]
        SITE.asked.append(name)
        fault = SITE.faults.get(name)
        if fault and fault[0] > 0:
            fault[0] -= 1
            return fault[1](self)
        body = SITE.pages.get(name)
        if body is None:
            return self.send(404)
        tag = f'"{hash(body)}"'
        if self.headers.get("If-None-Match") == tag:
            SITE.conditional += 1
            return self.send(304, ETag=tag)
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            return self.send(200, gzip.compress(body), ETag=tag, Content_Encoding="gzip")
        return self.send(200, body, ETag=tag)


def truncated(handler):
    handler.send(200, b"<html><body>", Content_Length="5000")
    handler.close_connection = True


def bomb(handler):
    handler.send(200, gzip.compress(b"<p>" + b" " * (200 << 20), 9), Content_Encoding="gzip")


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # The client hung up, as it should on what it refuses.


class ServedTest(unittest.TestCase):
    """A server of its own and an empty data folder for each test."""

    def setUp(self):
        global SITE
        SITE = Site()
        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.folder = tempfile.TemporaryDirectory()

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()
        self.folder.cleanup()

    def run_assay(self, *words):
        environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        environment["ASSAY_DATA"] = self.folder.name
        return subprocess.run([ASSAY, "cmvp", *words], env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)

    def update(self, *words, url=None):
        return self.run_assay("update", "--base-url", url or self.url, "--pause", "0", "--accept-shrink",
                              *words)

    def snapshots(self):
        folder = os.path.join(self.folder.name, "snapshots")
        found = {}
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            with open(os.path.join(folder, name), "rb") as file:
                found[name] = file.read()
        return found

    def assert_refused(self, result, words, before):
        self.assertEqual(result.returncode, 2, result.stdout + result.stderr)
        self.assertIn(words, result.stderr)
        self.assertEqual(self.snapshots(), before)


class UpdateTest(ServedTest):
    def test_lists_and_new_pages_are_fetched_once_and_then_only_what_changed(self):
        first = self.update()
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertIn("8 pages fetched, 0 unchanged", first.stdout)
        shown = self.run_assay("show", "8002")
        self.assertRegex(shown.stdout, r"version        1\.0 \([a-z]+, certificate page\)")
        self.assertIn("status         Active", shown.stdout)
        SITE.asked.clear()
        again = self.update()
        self.assertIn("0 pages fetched, 5 unchanged", again.stdout)
        self.assertEqual(SITE.conditional, 5)
        SITE.pages["Active"] = list_page("Active", [(8001, "First"), (8002, "Second"), (8004, "New")])
        SITE.pages["8004"] = detail_page(8004, "New")
        SITE.asked.clear()
        self.assertIn("2 pages fetched, 4 unchanged", self.update().stdout)
        self.assertEqual([name for name in SITE.asked if name.isdigit()], ["8004"])

    def pretend_another_day(self):
        """As if all that was fetched had been fetched then."""
        folder = os.path.join(self.folder.name, "fetched")
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                rest = file.read().split(b"\n", 1)[1]
            with open(os.path.join(folder, name), "wb") as file:
                file.write(b"2026-01-01\n" + rest)

    def serve_more(self):
        SITE.pages["8001"] = detail_page(
            8001, "First", **{"Entropy": "ESV Cert. #E47", "Approved Algorithms":
                              '<div class="col-md-3">AES-CBC</div><div class="col-md-4"><a href="/projects/'
                              'cryptographic-algorithm-validation-program/details?validation=37419">A4809</a></div>'})
        SITE.pages["E47"] = entropy_page(47)
        SITE.pages["details?validation=37419"] = validation_page("A4809", 37419)
        SITE.pages["certified_products.csv"] = PRODUCTS
        SITE.pages["certified_products-archived.csv"] = PRODUCTS.replace(b"Card", b"Old card")

    def test_entropy_certificates_and_validations_that_new_pages_name_are_fetched_if_asked_for(self):
        self.serve_more()
        self.assertIn("8 pages fetched", self.update().stdout)
        self.assertNotIn("E47", SITE.asked)
        SITE.pages["Active"] = list_page("Active", [(8001, "First renamed"), (8002, "Second")])
        SITE.pages["8001"] = SITE.pages["8001"].replace(b"First", b"First renamed")
        SITE.asked.clear()
        self.pretend_another_day()
        result = self.update("--also", "entropy", "--also", "cavp")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("E47", SITE.asked)
        self.assertIn("details?validation=37419", SITE.asked)
        self.assertIn("0 records rejected", result.stdout, result.stderr)
        shown = self.run_assay("show", "8001").stdout
        self.assertIn("E47: Vendor Ltd; noise source Physical; Open", shown)
        self.assertIn("A4809: Engine 1.0", shown)
        SITE.asked.clear()
        self.assertEqual(self.update("--also", "entropy").returncode, 0)
        self.assertNotIn("E47", SITE.asked)  # It is held, and no page that names it is new.

    def test_lists_of_the_common_criteria_portal_are_fetched_if_asked_for(self):
        self.serve_more()
        result = self.update("--also", "common-criteria", "--portal-url", self.url)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("rejected: /pps/", result.stderr)  # The server has none: the update goes on.
        self.assertIn("Old card", self.run_assay("products", "old").stdout)
        self.assertIn("2 Common Criteria products found", self.run_assay("products").stdout)
        self.assertEqual(self.update().returncode, 0)
        self.assertIn("2 Common Criteria products found", self.run_assay("products").stdout)

    def test_what_cannot_be_fetched_besides_is_refused_with_what_can(self):
        result = self.update("--also", "everything")
        self.assertEqual(result.returncode, 2)
        self.assertIn("common-criteria", result.stderr)

    def test_a_list_that_shrank_is_refused_unless_that_is_accepted(self):
        result = self.run_assay("update", "--base-url", self.url, "--pause", "0")
        self.assert_refused(result, "shrank from 709 to 2; the old data is kept", {})

    def test_a_page_whose_markup_changed_is_refused_and_the_old_data_is_kept(self):
        self.assertEqual(self.update().returncode, 0)
        before = self.snapshots()
        good = SITE.pages["Active"]
        SITE.pages["Active"] = good.replace(b"searchResultsTable", b"results")
        self.assert_refused(self.update(), "the page no longer looks as expected", before)
        SITE.pages["Active"] = good.replace(b'records="2"', b'records="900"')
        self.assert_refused(self.update(), "does not hold as many certificates as it says", before)
        SITE.pages["Active"] = good
        self.assertIn("0 pages fetched", self.update().stdout)

    def test_a_certificate_page_that_changed_is_rejected_and_the_update_goes_on(self):
        SITE.pages["8002"] = b"<html><p>Moved"
        result = self.update()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("8002.html", result.stderr)
        self.assertIn("no longer looks as expected", result.stderr)
        self.assertIn("1 records rejected", result.stdout)
        SITE.pages["8002"] = detail_page(8002, "Second")
        SITE.asked.clear()
        self.assertEqual(self.update().returncode, 0)
        self.assertEqual([name for name in SITE.asked if name.isdigit()], ["8002"])

    def test_a_busy_server_is_asked_again_when_it_says_and_not_at_any_price(self):
        SITE.faults["Active"] = [1, lambda h: h.send(429, Retry_After="1")]
        self.assertEqual(self.update().returncode, 0)
        before = self.snapshots()
        SITE.faults["Active"] = [9, lambda h: h.send(429, Retry_After="86400")]
        self.assert_refused(self.update(), "asks to come back in 86400 seconds", before)

    def test_a_failing_server_is_asked_three_times_and_the_next_update_goes_on(self):
        SITE.faults["Historical"] = [2, lambda h: h.send(500)]
        self.assertEqual(self.update().returncode, 0)
        before = self.snapshots()
        SITE.faults["Revoked"] = [99, lambda h: h.send(500)]
        self.assert_refused(self.update(), "the server answers with status 500", before)
        self.assertEqual(SITE.asked.count("Revoked"), 4)
        SITE.faults.clear()
        self.assertIn("0 pages fetched", self.update().stdout)

    def test_an_update_that_broke_off_goes_on_where_it_was(self):
        SITE.faults["Revoked"] = [99, lambda h: h.send(500)]
        self.assert_refused(self.update(), "status 500", {})
        SITE.faults.clear()
        self.assertIn("6 pages fetched, 2 unchanged", self.update().stdout)

    def test_an_answer_that_is_cut_short_is_refused(self):
        SITE.faults["Active"] = [9, truncated]
        self.assert_refused(self.update(), "the answer was cut short", {})

    def test_an_answer_that_unpacks_without_end_is_refused(self):
        SITE.faults["Active"] = [9, bomb]
        self.assert_refused(self.update(), "larger than 32 MiB when unpacked and is refused", {})

    def test_a_machine_without_network_is_told_so_in_plain_words(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}"
            self.assert_refused(self.update(url=url), "the server cannot be reached; is this machine offline", {})

    def test_a_proxy_is_used_where_one_is_given(self):
        self.assertEqual(self.update("--proxy", self.url, url="http://lists.example").returncode, 0)
        self.assertEqual(SITE.hosts, {"lists.example"})

    def test_an_authority_file_that_is_not_there_is_named(self):
        result = self.update("--cacert", "/no/such/file.pem", url="https://127.0.0.1:1")
        self.assertEqual(result.returncode, 2)
        self.assertTrue("--cacert" in result.stderr or "cannot be reached" in result.stderr, result.stderr)

    def test_a_server_is_trusted_by_the_authority_that_is_given_and_not_without(self):
        key, certificate = (os.path.join(self.folder.name, name) for name in ("key.pem", "certificate.pem"))
        try:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                            "/CN=lists.example", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out",
                            certificate], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            self.skipTest("openssl cannot make a certificate here")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        url = self.url.replace("http:", "https:")
        self.assert_refused(self.update(url=url), "--cacert", {})
        accepted = self.update("--cacert", certificate, url=url)
        self.assertEqual(accepted.returncode, 0, accepted.stderr)

    def test_requests_wait_as_long_as_they_are_told(self):
        begin = time.monotonic()
        result = self.run_assay("update", "--base-url", self.url, "--pause", "150", "--accept-shrink")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertGreater(len(SITE.asked), 5)
        self.assertGreaterEqual(time.monotonic() - begin, 0.15 * (len(SITE.asked) - 1))


def run_tests():
    probe = subprocess.run([ASSAY, "doctor"], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if "no libcurl:" in probe.stdout:
        print("this build cannot fetch: there is no libcurl")
        sys.exit(77)
    unittest.main(verbosity=1)


if __name__ == "__main__":
    run_tests()
