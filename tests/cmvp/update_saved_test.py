#!/usr/bin/env python3
"""update_saved_test.py ASSAY : assay cmvp update against a server on this machine that serves the pages of
NIST that are saved in the optional material beside the checkout (ASSAY_SHARED; docs/testing.md). What is
asserted was read from those pages by hand.

The lists of 2022 are saved with a few of their rows only, under the count of the whole list; they are served as
they are, and again with the count of the rows that are there. No page of a certificate was saved anywhere: those
served are the rows that MARKUP.md beside the lists quotes, with what the list says of the certificate, in the
three shapes of algorithms. The page of a CAVP product is by those who saved the others, in NIST's markup.
Skipped (exit code 77) where the material is not there."""
import json, os, pathlib, re, sys

import update_test

SHARED = os.environ.get("ASSAY_SHARED") or pathlib.Path(__file__).resolve().parents[2].parent / "shared"
PAGES = pathlib.Path(SHARED) / "data/cmvp/nist-html"
SAVED = {"Active": "fips_modules_active.html", "Historical": "fips_modules_historical.html",
         "Revoked": "fips_modules_revoked.html", "modules-in-process-list": "fips_mip_2021-12-19T06_01_00.html",
         "iut-list": "fips_iut_2021-12-10T06_01_00.html", "details?validation=37419": "product_page.html"}

# The count that each list claims, and the rows that are saved of it.
ROWS = {"Active": (869, 5), "Historical": (3486, 17), "Revoked": (24, 0)}


def with_saved_rows(status, page):
    claimed, rows = (f'data-total-records="{count}"'.encode() for count in ROWS[status])
    assert page.count(claimed) == 1, status
    return page.replace(claimed, rows)


def quoted(pattern):
    """What MARKUP.md quotes of a page, as it stands there."""
    found = re.search(pattern, (PAGES / "MARKUP.md").read_text(), re.S)
    assert found, pattern
    return found.group(1)


def table_shape():
    return ('<table id="fips-algo-table"><tr><td class="text-nowrap">AES</td><td>'
            + quoted(r'second cell "(Certs\. #<a>A3500</a>)"') + "</td></tr></table>")


def grid_shape():
    grid = quoted(r'(<div class="col-md-3">AES-CBC</div><div class="col-md-4">.*?</div>)')
    address = "/projects/cryptographic-algorithm-validation-program/details?"
    return ('<div class="row padrow"><div class="col-md-3">Approved Algorithms</div><div class="col-md-9">'
            + grid.replace("...", address) + "</div></div>")


def certificate_page(number, name, level, algorithms=""):
    rows = quoted(r"```html\n(.*?)```").replace("OpenSSL FIPS Provider", name)
    more = "".join(f'<div class="row padrow"><div class="col-md-3">{label}</div><div class="col-md-9">{value}</div></div>'
                   for label, value in {"Status": "Active", "Overall Level": level}.items())
    return f"<html><body><h3>Certificate #{number}</h3>{rows}{more}{algorithms}</body></html>".encode()


class SavedPagesTest(update_test.ServedTest):
    def setUp(self):
        super().setUp()
        site = update_test.SITE
        site.pages = {name: (PAGES / file).read_bytes() for name, file in SAVED.items()}
        site.pages |= {
            "3651": certificate_page(3651, "Secure Kernel Code Integrity", 1, table_shape()),
            "3093": certificate_page(3093, "Code Integrity", 1, grid_shape()),
            "3090": certificate_page(3090, "Windows OS Loader", 1),
            "3850": certificate_page(3850, "DocuSign Signature Appliance", 3),
            "3518": certificate_page(3518, "DocuSign Signature Appliance", 3)}

    def update_with_saved_rows(self, *words):
        for status in ROWS:
            update_test.SITE.pages[status] = with_saved_rows(status, update_test.SITE.pages[status])
        result = self.update(*words)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def assert_held(self, number, **fields):
        held = json.loads(self.run_assay("show", str(number), "--format", "json").stdout)
        self.assertEqual({name: held.get(name) for name in fields}, fields)

    def test_lists_with_fewer_rows_than_they_claim_are_refused_and_nothing_is_stored(self):
        self.assert_refused(self.update(), "does not hold as many certificates as it says", {})

    def test_certificates_of_the_lists_are_held_with_names_statuses_and_days(self):
        result = self.update_with_saved_rows()
        self.assertIn(" 0 records rejected", result.stdout, result.stderr)
        self.assertEqual(sorted(name for name in update_test.SITE.asked if name.isdigit()),
                         ["3090", "3093", "3518", "3651", "3850"])
        self.assert_held(3651, name="Secure Kernel Code Integrity", vendor="Microsoft Corporation", status="Active",
                         module_type="Software", validation_dates=["2020-05-07", "2022-10-05"])
        self.assert_held(3518, name="DocuSign Signature Appliance", vendor="DocuSign, Inc.", status="Active",
                         module_type="Hardware", validation_dates=["2019-09-05"])
        self.assert_held(2630, name="Red Hat Enterprise Linux OpenSSH Server Cryptographic Module",
                         vendor="Red Hat®, Inc.", status="Historical", validation_dates=["2016-05-02", "2016-06-17"])
        self.assert_held(3495, name="Panzura CloudFS™ FIPS Cryptographic Module", vendor="Panzura, Inc.",
                         status="Historical", validation_dates=["2019-07-19"])
        # The list of 2022 calls it Active; no certificate of FIPS 140-2 can be after 2026-09-21.
        self.assertIn("Historical", self.run_assay("status", "3651").stdout.splitlines()[0])

    def test_certificate_pages_in_their_three_shapes_are_held(self):
        self.update_with_saved_rows()
        page = {"standard": "FIPS 140-2", "sunset_date": "2026-09-21"}
        self.assert_held(3651, algorithms=[{"algorithm": "AES", "validation": "A3500"}], cavp_numbers=["A3500"], **page)
        self.assert_held(3093, algorithms=[{"algorithm": "AES-CBC", "validation": "A4809"}], cavp_numbers=["A4809"],
                         **page)
        self.assert_held(3090, algorithms=None, cavp_numbers=None, **page)
        self.assertIn("not known to the snapshot, which says nothing about them", self.run_assay("show", "3090").stdout)

    def test_modules_in_process_and_under_test_are_held(self):
        self.update_with_saved_rows()
        for word, lines in {
                "Thunder": ["Thunder Series TH3040S, TH5440S, TH5840S and TH7440S-11", "vendor A10 Networks, Inc.",
                            "standard FIPS 140-2", "list modules in process", "status Coordination"],
                "DHSSL": ["DHSSL Cryptographic Module", "vendor Zhejiang Dahua Technology Co., Ltd."],
                "3e-520": ["3e-520 Secure Access Point Cryptographic Module", "list implementation under test",
                           "vendor 3e Technologies International, Inc.", "status date 2021-07-02"]}.items():
            found = self.run_assay("in-process", word).stdout
            self.assertIn("1 modules in process or under test found", found)
            shown = [" ".join(line.split()) for line in found.splitlines()]
            self.assertEqual([line for line in lines if line not in shown], [], found)

    def test_the_validation_that_a_certificate_page_links_to_is_fetched_and_held(self):
        self.update_with_saved_rows("--also", "cavp")
        self.assertIn("details?validation=37419", update_test.SITE.asked)
        found = self.run_assay("cavp", "Alpha").stdout
        self.assertRegex(found, r"AES 123\n  product +Test Implementation Alpha\n  version +2\.0\.1\n")
        self.assertIn("Ubuntu 22.04 on x86_64; Windows Server 2022 on x86_64", found)
        self.assertIn("2 algorithm validations found", found)


if __name__ == "__main__":
    if not PAGES.is_dir():
        print(f"SKIP: the saved pages of NIST are not here: {PAGES}")
        sys.exit(77)
    update_test.run_tests()
