// Real modules of Debian 12, 13 and forky, set up by others (docs/testing.md). How many mechanisms
// each lists was counted with pkcs11-tool and programs of its own suite by who set them up.
#include <arpa/inet.h>
#include <sys/socket.h>

#include "tests/pkcs11/real_row.h"

namespace {

using Catch::Contains;
using Catch::StartsWith;
using tests::Checked;
using tests::RealDaemon;
using tests::RealSystem;
using tests::Row;
using tests::Texts;
namespace fs = std::filesystem;

const std::string kL = tests::kDebianLibraries;

// What forky has grows from day to day.
std::string count_of_mechanisms(const Checked& checked, const Row& row) {
  const std::string found = checked.cell(
      "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM pkcs11_mechanism GROUP BY "
      "token)");
  const bool more = row.suite == "forky" && std::stoi(found) > row.mechanisms;
  return more ? std::to_string(row.mechanisms) : found;
}

void check_row(const Row& row, const Checked& checked) {
  INFO(row.name << "\n" << checked.errors);
  CHECK(checked.exit_code != 2);
  CHECK(checked.took < std::chrono::seconds(40));
  CHECK(checked.left_behind.empty());
  CHECK(checked.all("error").empty());
  CHECK(checked.cell("SELECT ending, last_step, restarts FROM probe_run WHERE probe = 'pkcs11'") ==
        "finished,,0");
  CHECK_THAT(checked.cell("SELECT description FROM pkcs11_library"), StartsWith(row.description));
  CHECK(checked.cell("SELECT initialized FROM pkcs11_library") ==
        (row.description.empty() ? "0" : "1"));
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_slot") == std::to_string(row.slots));
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_token") == std::to_string(row.tokens));
  CHECK(count_of_mechanisms(checked, row) == std::to_string(row.mechanisms));
  if (!row.error.empty())
    CHECK(checked.cell("SELECT count(*) > 0 FROM (SELECT reason FROM source UNION ALL SELECT error"
                       " FROM pkcs11_library) WHERE reason LIKE '%" +
                       row.error + "%'") == "1");
  const bool token = row.tokens > 0;
  CHECK(checked.finding("pkcs11-token-present").starts_with("pass") == token);
}

// A peer that takes connections and never says anything.
class SilentPeer {
 public:
  SilentPeer() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* place = reinterpret_cast<sockaddr*>(&address);
    if (bind(socket_, place, length) != 0 || listen(socket_, 16) != 0 ||
        getsockname(socket_, place, &length) != 0)
      throw std::runtime_error("no port to listen on");
    port_ = ntohs(address.sin_port);
  }
  ~SilentPeer() { close(socket_); }
  SilentPeer(const SilentPeer&) = delete;
  SilentPeer& operator=(const SilentPeer&) = delete;

  int port() const { return port_; }

 private:
  int socket_, port_ = 0;
};

}  // namespace

TEST_CASE(
    "every real module within reach gives its slots, tokens and mechanisms, or says why not") {
  if (!tests::may_enter_roots()) return;
  for (const Row& row : tests::real_rows()) {
    if (!tests::is_there(row)) continue;
    const RealDaemon daemon(row.daemon);
    if (!daemon.is_up()) continue;
    const RealSystem system(row.suite);
    tests::prepare(system, row);
    check_row(row, system.assay(row.module, tests::options_of(row)).check());
  }
}

TEST_CASE("NSS of this machine's suite opens its store, outside of FIPS mode") {
  const std::string libraries = "roots/bookworm" + kL;
  if (!tests::has_target(libraries + "/libsoftokn3.so")) return;
  if (!tests::has_target("state/nss-bookworm/db")) return;
  const base::TemporaryFolder folder;
  fs::copy(tests::targets() + "/state/nss-bookworm/db", folder.path() + "/db");
  tests::Assay assay;
  const std::string path = tests::targets() + "/" + libraries;
  assay.environment = {"LD_LIBRARY_PATH=" + path, "NSS_FIPS=0"};
  assay.options = {"--pkcs11-init-args", tests::nss_init_args(folder.path() + "/db"),
                   path + "/libsoftokn3.so"};
  check_row({"nss-bookworm",
             "bookworm",
             "",
             {},
             "",
             "",
             "",
             "NSS Internal Crypto Services",
             2,
             2,
             210,
             ""},
            assay.check());
}

TEST_CASE("NSS in FIPS mode is seen through the function of its library that gives that mode") {
  const std::string libraries = "roots/bookworm" + kL;
  if (!tests::has_target(libraries + "/libsoftokn3.so")) return;
  if (!tests::has_target("state/nss-bookworm-fips/db")) return;
  const base::TemporaryFolder folder;
  fs::copy(tests::targets() + "/state/nss-bookworm-fips/db", folder.path() + "/db");
  const std::string path = tests::targets() + "/" + libraries;
  const auto seen_through = [&](const std::string& entry) {
    tests::Assay assay;
    assay.environment = {"LD_LIBRARY_PATH=" + path, "NSS_FIPS=1"};
    assay.options = {"--objects",
                     "--pkcs11-entry",
                     entry,
                     "--pkcs11-init-args",
                     tests::nss_init_args(folder.path() + "/db"),
                     path + "/libsoftokn3.so"};
    return assay.check();
  };
  const Checked usual = seen_through("C_GetFunctionList");
  CHECK(usual.query("SELECT label FROM pkcs11_token") ==
        Texts{"NSS Generic Crypto Services", "NSS Certificate DB"});
  CHECK(usual.cell("SELECT used FROM pkcs11_entry_point WHERE name = 'FC_GetFunctionList'") == "0");
  const Checked fips = seen_through("FC_GetFunctionList");
  CHECK(fips.query("SELECT label FROM pkcs11_token") == Texts{"NSS FIPS 140-2 Certificate DB"});
  CHECK(fips.cell("SELECT name FROM pkcs11_entry_point WHERE used = 1") == "FC_GetFunctionList");
  CHECK(fips.cell("SELECT nss_fips_status FROM pkcs11_session") == "CKS_NSS_FIPS_NOT_OK");
}

TEST_CASE("a way into a library that is none is refused, and one that it lacks is on record") {
  tests::Assay assay;
  assay.options = {"--pkcs11-entry", "C_Initialize", "/usr/lib/module.so"};
  CHECK_THAT(assay.check().errors, Contains("as FC_GetFunctionList does, not \"C_Initialize\""));
  if (!tests::has_target("roots/trixie" + kL + "/libnssckbi.so")) return;
  assay.options = {"--pkcs11-entry", "XX_GetFunctionList", "--root",
                   tests::targets() + "/roots/trixie", kL + "/libnssckbi.so"};
  CHECK_THAT(assay.check().cell("SELECT error FROM pkcs11_library"),
             Contains("it has no list of functions"));
}

TEST_CASE("pkcs11-proxy with a silent peer is ended, and the call it hung in is on record") {
  if (!tests::has_target("roots/trixie/usr/lib/libpkcs11-proxy.so.0")) return;
  const SilentPeer peer;
  tests::Assay assay;
  assay.options = {"--root",
                   tests::targets() + "/roots/trixie",
                   "--time-limit",
                   "2",
                   "--pkcs11-env",
                   "PKCS11_PROXY_SOCKET=tcp://127.0.0.1:" + std::to_string(peer.port()),
                   "/usr/lib/libpkcs11-proxy.so.0"};
  const Checked checked = assay.check();
  CHECK(checked.exit_code == 1);
  CHECK(checked.took < std::chrono::seconds(20));
  CHECK(checked.cell("SELECT ending FROM probe_run WHERE probe = 'pkcs11'") == "timed out");
  CHECK_THAT(checked.query("SELECT reason FROM source WHERE outcome = 'unreadable'").at(0),
             Contains("did nothing until its time was up"));
}

TEST_CASE(
    "a module is only loaded inside of another root by who may do that, or it is unreadable") {
  if (!tests::has_target("roots/trixie" + kL + "/libnssckbi.so")) return;
  if (!tests::may_enter_roots()) return;
  tests::Assay assay;
  assay.as_nobody = true;
  assay.options = {"--root", tests::targets() + "/roots/trixie", "--chroot", kL + "/libnssckbi.so"};
  const Checked checked = assay.check();
  INFO(checked.errors);
  CHECK(checked.exit_code != 2);
  CHECK_THAT(checked.cell("SELECT reason FROM source WHERE probe = 'pkcs11' AND outcome ="
                          " 'unreadable'"),
             Contains("inside of") && Contains("operation not permitted"));
  CHECK_THAT(checked.finding("pkcs11-initialises"), StartsWith("unknown"));
}

TEST_CASE("loading inside of a root goes with a root") {
  tests::Assay assay;
  assay.options = {"--chroot", "/usr/lib/module.so"};
  const Checked checked = assay.check();
  CHECK(checked.exit_code == 2);
  CHECK_THAT(checked.errors, Contains("--chroot goes with --root DIR"));
}
