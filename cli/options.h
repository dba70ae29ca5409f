#pragma once

#include "cli/command.h"
#include "evidence/probes/collect.h"

namespace cli {

// Options that several commands share, so that they read the same everywhere.

constexpr Option kRoot = {"root", "", "DIR",
                          "look at the root file system below DIR, with its own libraries, instead "
                          "of this machine"};
constexpr Option kChroot = {"chroot", "", "",
                            "with --root: load the PKCS#11 module inside of DIR by chroot, as one "
                            "that talks to a daemon of "
                            "that system needs; takes the privileges of root"};
constexpr Option kOpensslConf = {
    "openssl-conf", "", "FILE",
    "the OpenSSL configuration to assess, as OPENSSL_CONF would name it"};
constexpr Option kOpensslModules = {
    "openssl-modules", "", "DIR",
    "the folder of OpenSSL providers, as OPENSSL_MODULES would name it"};
constexpr Option kPassive = {"passive", "", "",
                             "only look, try nothing: the default for a PKCS#11 module"};
constexpr Option kExercise = {
    "exercise", "", "",
    "try what the module does, every service of the catalogue: the default for OpenSSL; a token is "
    "given session objects only, which are destroyed at once"};
constexpr Option kMeasure = {
    "measure", "", "",
    "--exercise, and time sessions, searches and signatures of the tokens at 1, 4 and 16 threads"};
constexpr Option kTimeLimit = {"time-limit", "", "SECONDS",
                               "how long a probe may do nothing before it is ended (default 10)"};
constexpr Option kPkcs11InitArgs = {
    "pkcs11-init-args", "", "TEXT",
    "text that the PKCS#11 module wants from C_Initialize (pReserved), as NSS does"};
constexpr Option kPkcs11Env = {
    "pkcs11-env", "", "NAME=VALUE",
    "a variable for the PKCS#11 module, e.g. SOFTHSM2_CONF=FILE; may be repeated"};
constexpr Option kPkcs11Entry = {"pkcs11-entry", "", "FUNCTION",
                                 "look at the PKCS#11 module through this function of its library, "
                                 "e.g. FC_GetFunctionList of NSS "
                                 "(default C_GetFunctionList)"};
constexpr Option kObjects = {
    "objects", "", "",
    "open a read-only session with each token and read what can be seen without a login"};
constexpr Option kLogin = {"login", "", "",
                           "log in to the token as its user, once, and read its keys, never their "
                           "values; the PIN is asked "
                           "for unless an option or pin-source of the URI says where it stands"};
constexpr Option kPinFile = {"pin-file", "", "FILE", "the PIN is the first line of FILE"};
constexpr Option kPinFd = {"pin-fd", "", "N", "the PIN can be read from the open descriptor N"};
constexpr Option kPinEnv = {"pin-env", "", "NAME", "the PIN stands in the variable NAME"};
constexpr Option kLoginOnDevice = {
    "login-on-device", "", "",
    "log in where the PIN is entered on a device of the token itself; be there to enter it"};
constexpr Option kLoginDespitePinFlags = {
    "login-despite-pin-flags", "", "",
    "log in although the token says that wrong PINs were given, or that one more locks it"};
constexpr Option kAsOf = {"as-of", "", "DATE",
                          "judge as of this date, YYYY-MM-DD (default: the day the evidence was "
                          "collected)"};
constexpr Option kSnapshot = {
    "snapshot", "", "SNAPSHOT",
    "the certificate snapshot to rest on: built-in, the day of a held one, or a file (default: the "
    "newest that is not later than the as-of date)"};
constexpr Option kMaxSnapshotAge = {
    "max-snapshot-age", "", "DAYS",
    "how old the snapshot may be on the as-of date before verdicts on certificates are unknown "
    "(default 90)"};
constexpr Option kProfile = {"profile", "", "NAME",
                             "a built-in set of settings; may be repeated, see docs/settings.md",
                             "ci federal cnsa-2.0 hsm"};
constexpr Option kConfig = {"config", "", "FILE",
                            "the settings file (default: assay.toml here, in XDG_CONFIG_HOME/assay "
                            "or in /etc/assay), or none"};
constexpr Option kFailOn = {
    "fail-on", "", "WHAT",
    "what counts for the exit code: a severity or graver (default medium), or a rung of the "
    "ladder, e.g. rung:certificate; may be repeated",
    "low medium high critical rung:present rung:integrity rung:self-tests rung:approved-mode "
    "rung:policy rung:certificate rung:environment rung:certificate-active rung:services"};
constexpr Option kExitZero = {"exit-zero", "", "",
                              "exit with 0 where the verdict is 1 or 3; reports still tell the "
                              "verdict, and trouble still exits with 2"};
constexpr Option kWaivers = {
    "waivers", "", "FILE",
    "a TOML file of waivers: findings that are accepted until a day; may be repeated"};
constexpr Option kAttestations = {"attestations", "", "FILE",
                                  "a TOML file of what named persons vouch for, shown beside the "
                                  "requirements as attested; may be "
                                  "repeated"};
constexpr Option kClaims = {
    "claims", "", "FILE",
    "a TOML file of your own claims, each put to the test: supported, refuted or undetermined; may "
    "be repeated"};
constexpr Option kBaseline = {"baseline", "", "FILE",
                              "findings that were there before: shown, and not counted"};
constexpr Option kSourceMap = {
    "source-map", "", "PLACE=SOURCE",
    "where the repository keeps what the system has below PLACE, for annotations, e.g. "
    "/etc/ssl=config/ssl; may be repeated"};
constexpr Option kWriteBaseline = {
    "write-baseline", "", "FILE",
    "write the open findings to a new baseline, or take from one what is gone"};
constexpr Option kPack = {"pack", "", "PACK",
                          "the rule pack to apply: a built-in name, all, or a folder, which "
                          "@sha256:DIGEST behind it pins (default "
                          "fips-140-3, or pkcs11 for a PKCS#11 module); may be repeated"};
constexpr Option kPackKey = {
    "pack-key", "", "FILE",
    "a public key (PEM) by which packs from folders have to be signed; may be repeated"};
constexpr Option kFormat = {"format", "", "FORMAT",
                            "the report to write: text, json, html, xlsx, csv, markdown, sarif, "
                            "junit, gitlab or github; may be repeated",
                            "text json html xlsx csv markdown sarif junit gitlab github"};
constexpr Option kReportFolder = {"output", "o", "DIR",
                                  "the folder for reports and evidence; made if it is not there"};

/// What `probe` and `check` collect, from their options; `target` is the PKCS#11 module to look at,
/// "" for OpenSSL. Throws Error(usage).
evidence::probes::CollectOptions collect_options(const Invocation& invocation, Terminal& terminal,
                                                 const std::string& target);

}  // namespace cli
