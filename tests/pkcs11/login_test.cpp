// The module here is ours (tests/pkcs11/fake_token.c); it writes down every login that it sees.
#include <pty.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <thread>

#include "tests/catch.h"
#include "tests/pkcs11/soft_token.h"
#include "tests/traps/assay.h"

namespace {

using Catch::Contains;
using tests::Checked;
using tests::SoftToken;
using tests::Texts;
namespace fs = std::filesystem;

const std::string kModule = ASSAY_BINARY_DIR "/tests/pkcs11/fake_token.so";
const std::string kPin = "sesame-4711";
const std::string kToken = "pkcs11:token=First;serial=1";

// A run on the fake token, and what that saw of it.
class Run {
 public:
  Run(const std::string& behaviour, const Texts& options, const std::string& target = kModule) {
    assay_.environment = {"ASSAY_FAKE=" + behaviour, "ASSAY_FAKE_LOG=" + folder_.path() + "/log"};
    assay_.options = {target, "--time-limit", "4"};
    assay_.options.insert(assay_.options.end(), options.begin(), options.end());
  }

  std::string file(const std::string& text, fs::perms mode = fs::perms(0600)) const {
    const std::string path = folder_.path() + "/pin";
    tests::write(path, text);
    fs::permissions(path, mode);
    return path;
  }

  /// Adds an option.
  Run& with(const Texts& words) {
    assay_.options.insert(assay_.options.end(), words.begin(), words.end());
    return *this;
  }
  Run& in_environment(const std::string& variable) {
    assay_.environment.push_back(variable);
    return *this;
  }

  Run& reading(const std::string& path) {
    assay_.input = path;
    return *this;
  }

  Run& login(const std::string& pin = kPin) { return with({"--login", "--pin-file", file(pin)}); }

  Checked check() const { return assay_.check(); }

  /// What the module saw, a line each.
  std::string seen() const { return tests::contents(folder_.path() + "/log"); }

 private:
  base::TemporaryFolder folder_;
  tests::Assay assay_;
};

std::string login_row(const Checked& checked, const std::string& token = kToken) {
  return checked.cell("SELECT tried, accepted, result, pin_from FROM pkcs11_login WHERE token = '" +
                      token + "'");
}

// How many logins the module saw.
int logins(const std::string& seen) {
  int count = 0;
  for (auto at = seen.find("login:"); at != std::string::npos; at = seen.find("login:", at + 1))
    ++count;
  return count;
}

// Files of a process that others can read and in which a PIN would be seen.
std::string public_face(const fs::path& process) {
  return tests::contents(process / "cmdline") + tests::contents(process / "environ");
}

// Where in the processes of assay the PIN stands, looked at until `stop`.
class Watch {
 public:
  Watch() : thread_([this] { watch(); }) {}
  std::string end() {
    stop_ = true;
    thread_.join();
    return found_.empty() && !seen_probe_ ? "no probe program was seen" : found_;
  }

 private:
  void watch() {
    while (!stop_) {
      for (const auto& entry : fs::directory_iterator("/proc")) look_at(entry.path());
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  void look_at(const fs::path& process) {
    const std::string name = tests::contents(process / "comm");
    if (!name.starts_with("assay-probe-pkc")) return;
    seen_probe_ = true;
    if (public_face(process).find(kPin) != std::string::npos) found_ += "the probe program; ";
    // The program itself has started it, and has long taken the PIN from its environment.
    const std::string status = tests::contents(process / "stat");
    const auto name_end = status.rfind(')');
    if (name_end == std::string::npos) return;  // It has ended since.
    const std::string parent = status.substr(name_end + 4);
    const fs::path owner = "/proc/" + parent.substr(0, parent.find(' '));
    if (public_face(owner).find(kPin) != std::string::npos) found_ += "assay; ";
  }

  std::atomic<bool> stop_ = false;
  bool seen_probe_ = false;
  std::string found_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("without an option no session is opened") {
  const Run run("", {});
  const Checked checked = run.check();
  CHECK(run.seen().empty());
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_token") == "1");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_session") == "0");
}

TEST_CASE("--objects opens a read-only session and does not log in") {
  const Run run("", {"--objects"});
  const Checked checked = run.check();
  CHECK_THAT(run.seen(), Contains("open: read-only\n") && Contains("close\n") &&
                             !Contains("login") && !Contains("other"));
  CHECK(checked.cell("SELECT opened, result, state, logged_in, sees_private FROM pkcs11_session") ==
        "1,CKR_OK,CKS_RO_PUBLIC_SESSION,0,0");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_login") == "0");
}

TEST_CASE("--login logs in as the user, once, and out again") {
  Run run("", {});
  const Checked checked = run.login().check();
  INFO(checked.errors);
  CHECK(run.seen() == "open: read-only\nlogin: slot 0, user 1, right\nlogout\nclose\n");
  CHECK(login_row(checked) == "1,1,CKR_OK,file");
  CHECK(checked.cell("SELECT state, logged_in, sees_private FROM pkcs11_session") ==
        "CKS_RO_USER_FUNCTIONS,1,1");
}

TEST_CASE("a wrong PIN is given once and the token is left alone") {
  Run run("", {});
  const Checked checked = run.login("wrong").check();
  CHECK(run.seen() == "open: read-only\nlogin: slot 0, user 1, wrong\nclose\n");
  CHECK(login_row(checked) == "1,0,CKR_PIN_INCORRECT,file");
}

TEST_CASE("a wrong PIN is given once in the whole run, and the token is left alone") {
  Run run("", {"--exercise"});
  const Checked checked = run.login("wrong").check();
  CHECK(logins(run.seen()) == 1);
  CHECK(checked.query("SELECT tried, accepted FROM pkcs11_login") == Texts{"1,0"});
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_service") == "0");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_conformance WHERE token IS NOT NULL") == "0");
  CHECK_THAT(checked.finding("pkcs11-services-right", kToken),
             Catch::StartsWith("unknown") && Contains("refused the PIN"));
}

TEST_CASE("a PIN that the token took is given once, whatever is asked for") {
  Run run("", {"--exercise", "--measure"});
  const Checked checked = run.login().check();
  CHECK(logins(run.seen()) == 1);
  CHECK(checked.query("SELECT tried, accepted FROM pkcs11_login") == Texts{"1,1"});
  CHECK(checked.cell("SELECT count(*) > 5, min(logged_in) FROM pkcs11_service") == "1,1");
  CHECK(checked.cell("SELECT count(*) > 0 FROM pkcs11_conformance") == "1");
  CHECK(checked.cell("SELECT count(*) FROM probe_run WHERE probe = 'pkcs11-services'") == "0");
}

TEST_CASE("a service that crashes after the login costs the login, and no second one is tried") {
  Run run("digest crashes", {"--exercise"});
  const Checked checked = run.login().check();
  CHECK(logins(run.seen()) == 1);
  CHECK(checked.cell("SELECT ending, last_step FROM probe_run WHERE probe = 'pkcs11'") ==
        "signalled,service digest-md5");
  // What was tried before stays, what comes behind is tried without a login, nothing is tried
  // twice.
  CHECK(checked.cell("SELECT count(DISTINCT logged_in), count(*) = count(DISTINCT service)"
                     " FROM pkcs11_service") == "2,1");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_service WHERE service = 'digest-md5'") == "0");
  CHECK_THAT(checked.finding("pkcs11-objects-unchanged", kToken), Catch::StartsWith("unknown"));
  // The objects had been read by then.
  CHECK(checked.cell(
            "SELECT count(*) FROM source AS s JOIN source_feed AS f ON f.source = s.id"
            " WHERE s.reason LIKE '%not started again%' AND f.table_name = 'pkcs11_key'") == "0");
}

TEST_CASE("a real token is logged in to once in a run that asks for everything") {
  if (!SoftToken::is_there()) return;
  const base::TemporaryFolder folder;
  SoftToken token;
  token.generate(SoftToken::secret("data").flag(evidence::drivers::cryptoki::CKA_SIGN, true));
  const Checked checked = token.check_through(
      ASSAY_BINARY_DIR "/tests/pkcs11/login_counter.so",
      {"ASSAY_COUNTED=" + SoftToken::module(), "ASSAY_FAKE_LOG=" + folder.path() + "/log"},
      {"--exercise", "--measure"});
  CHECK(tests::contents(folder.path() + "/log") == "login: user\n");
  CHECK(checked.query("SELECT tried, accepted FROM pkcs11_login WHERE tried = 1") == Texts{"1,1"});
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_key") == "1");
  CHECK(checked.cell("SELECT count(*) > 70 FROM pkcs11_service WHERE outcome = 'performed' AND"
                     " logged_in = 1") == "1");
  CHECK(checked.cell("SELECT count(*) > 0 FROM pkcs11_speed WHERE what = 'sign'") == "1");
  CHECK(checked.cell("SELECT threads, calls, microseconds > 0, failures FROM pkcs11_speed"
                     " WHERE what = 'log in'") == "1,1,1,0");
  CHECK(checked.cell("SELECT count(*) > 0 FROM pkcs11_conformance WHERE token LIKE '%keys%'") ==
        "1");
  CHECK(checked.query("SELECT moment, logged_in, objects FROM pkcs11_census WHERE class = 'all' AND"
                      " logged_in = 1") == Texts{"before,1,1", "after,1,1"});
}

std::string after_logout(const Checked& checked) {
  std::string rows;
  for (const auto& row :
       checked.query("SELECT check_id, outcome, returned FROM pkcs11_conformance"
                     " WHERE check_id LIKE 'logout-%' AND check_id <> 'logout-without-login'"
                     " AND outcome <> 'not applicable' ORDER BY check_id"))
    rows += row + "\n";
  return rows;
}

TEST_CASE("a real token forgets private objects with the login") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  token.generate(SoftToken::secret("data")
                     .flag(evidence::drivers::cryptoki::CKA_PRIVATE, true)
                     .flag(evidence::drivers::cryptoki::CKA_SIGN, true));
  const Checked checked = token.check({"--exercise", "--pack", "pkcs11-conformance"});
  CHECK(after_logout(checked) ==
        "logout-private-handle,held,CKR_OBJECT_HANDLE_INVALID\n"
        "logout-private-search,held,none was found\n"
        "logout-state,held,state 0\n"
        "logout-twice,violated,CKR_OK\n");
}

TEST_CASE("a token that logs out says so when it is asked again") {
  Run run("private object", {"--exercise", "--pack", "pkcs11-conformance"});
  CHECK(after_logout(run.login().check()) ==
        "logout-private-handle,held,CKR_OBJECT_HANDLE_INVALID\n"
        "logout-private-search,held,none was found\n"
        "logout-state,held,state 0\n"
        "logout-twice,held,CKR_USER_NOT_LOGGED_IN\n");
}

TEST_CASE("a token that keeps the user logged in after C_Logout is on record") {
  Run run("keeps the login,private object", {"--exercise", "--pack", "pkcs11-conformance"});
  CHECK(after_logout(run.login().check()) ==
        "logout-private-handle,violated,CKR_OK\n"
        "logout-private-search,violated,a private object was found\n"
        "logout-state,violated,state 1\n"
        "logout-twice,violated,CKR_OK\n");
}

TEST_CASE("a crash while logging out leaves what was counted and tried before") {
  Run run("private object,a second logout crashes", {"--exercise"});
  const Checked checked = run.login().check();
  CHECK(logins(run.seen()) == 1);
  CHECK(checked.cell("SELECT ending, last_step FROM probe_run WHERE probe = 'pkcs11'") ==
        "signalled,conformance logout-twice");
  CHECK_THAT(checked.finding("pkcs11-objects-unchanged", kToken), Catch::StartsWith("pass"));
}

TEST_CASE("what other tokens show is read before the one login, whatever comes of that") {
  Run run("two tokens,second needs no login,login crashes", {});
  const Checked checked = run.login().check();
  CHECK_THAT(run.seen(), Contains("login: slot 0"));
  CHECK(checked.cell("SELECT opened FROM pkcs11_session WHERE slot = '1'") == "1");
}

TEST_CASE("without a login nothing is said of what a logout does") {
  Run run("private object", {"--exercise", "--pack", "pkcs11-conformance"});
  const Checked checked = run.check();
  CHECK(after_logout(checked).empty());
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_conformance WHERE check_id LIKE 'logout-%' AND"
                     " outcome = 'not applicable' AND returned = 'nobody was logged in'") == "4");
}

TEST_CASE("a token that had wrong PINs, or is locked, is not tried unless told to") {
  const auto [behaviour, words] = GENERATE(
      table<std::string, std::string>({{"count low", "a wrong PIN of the user was given"},
                                       {"final try", "one more wrong PIN of the user locks it"},
                                       {"locked", "the PIN of the user is locked"}}));
  INFO(behaviour);
  Run run(behaviour, {});
  const Checked checked = run.login().check();
  CHECK_THAT(run.seen(), !Contains("login"));
  CHECK(login_row(checked) == "0,,,");
  CHECK_THAT(checked.cell("SELECT reason FROM pkcs11_login"),
             Contains(words) && Contains("--login-despite-pin-flags"));
  Run told(behaviour, {"--login-despite-pin-flags"});
  told.login().check();
  CHECK_THAT(told.seen(), Contains("login: slot 0, user 1, right"));
}

TEST_CASE("a process that dies after the login is not started again with the PIN") {
  const std::string behaviour = GENERATE("login crashes", "session info crashes");
  INFO(behaviour);
  Run run(behaviour, {});
  const Checked checked = run.login().check();
  const std::string seen = run.seen();
  CHECK(seen.find("login") == seen.rfind("login"));
  CHECK_THAT(seen, Contains("login"));
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_token") == "1");
  CHECK(checked.cell("SELECT count(*) > 0 FROM source WHERE outcome = 'unreadable' AND reason LIKE"
                     " '%not started again, for some of its steps are taken once%'") == "1");
  CHECK(checked.cell("SELECT ending FROM probe_run WHERE probe = 'pkcs11'") == "signalled");
  CHECK(checked.cell("SELECT count(*) FROM source_feed f JOIN source s ON s.id = f.source WHERE"
                     " s.outcome = 'unreadable' AND f.table_name = 'pkcs11_token'") == "0");
}

TEST_CASE("where several tokens take a PIN it is given to none until one is named") {
  Run run("two tokens", {});
  const Checked checked = run.login().check();
  CHECK_THAT(run.seen(), !Contains("login"));
  CHECK_THAT(checked.query("SELECT reason FROM pkcs11_login")[1], Contains("name the token"));
  Run named("two tokens", {}, "pkcs11:token=Second?module-path=" + kModule);
  CHECK(login_row(named.login().check(), "pkcs11:token=Second;serial=2") == "1,1,CKR_OK,file");
  CHECK_THAT(named.seen(), Contains("login: slot 1, user 1, right") && !Contains("slot 0"));
}

TEST_CASE("a token that needs no login is not logged in to") {
  Run run("no login", {});
  const Checked checked = run.login().check();
  CHECK_THAT(run.seen(), !Contains("login"));
  CHECK_THAT(checked.cell("SELECT reason FROM pkcs11_login"), Contains("no login is needed"));
  CHECK(checked.cell("SELECT sees_private FROM pkcs11_session") == "1");
}

TEST_CASE("a PIN that is entered on the token's own device is asked for only when told") {
  Run run("pin pad", {});
  const Checked checked = run.login().check();
  CHECK_THAT(run.seen(), !Contains("login"));
  CHECK_THAT(checked.cell("SELECT reason FROM pkcs11_login"), Contains("--login-on-device"));
  const Run told("pin pad", {"--login", "--login-on-device"});
  CHECK(login_row(told.check()) == "1,1,CKR_OK,device");
  CHECK_THAT(told.seen(), Contains("login: slot 0, user 1, on the device"));
  const Run other("", {"--login", "--login-on-device"});
  CHECK_THAT(other.check().cell("SELECT reason FROM pkcs11_login"),
             Contains("no device of its own"));
}

TEST_CASE("the PIN comes from a file, a descriptor, a variable or the URI, and is left nowhere") {
  const std::string way = GENERATE("file", "descriptor", "variable", "pin-source");
  INFO(way);
  Run run("login sleeps", {},
          way == "pin-source" ? "pkcs11:?module-path=" + kModule + "&pin-source=file:/dev/stdin"
                              : kModule);
  const std::string file = run.file(kPin + "\n");
  run.with({"--login"});
  if (way == "file") run.with({"--pin-file", file});
  if (way == "variable") run.in_environment("TOKEN_PIN=" + kPin).with({"--pin-env", "TOKEN_PIN"});
  if (way == "descriptor") run.with({"--pin-fd", "0"});
  if (way == "descriptor" || way == "pin-source") run.reading(file);
  Watch watch;
  const Checked checked = run.check();
  CHECK(watch.end().empty());
  CHECK_THAT(run.seen(), Contains("login: slot 0, user 1, right"));
  CHECK(checked.everything().find(kPin) == std::string::npos);
  CHECK(checked.cell("SELECT accepted FROM pkcs11_login") == "1");
}

TEST_CASE("the PIN is left nowhere where services are tried and the standard is held up, too") {
  Run run("login sleeps", {"--exercise"});
  run.login();
  Watch watch;
  const Checked checked = run.check();
  CHECK(watch.end().empty());
  CHECK(checked.everything().find(kPin) == std::string::npos);
  CHECK(checked.query("SELECT tried, accepted FROM pkcs11_login") == Texts{"1,1"});
  CHECK(checked.cell("SELECT count(*) > 0 FROM pkcs11_service") == "1");
  CHECK(checked.cell("SELECT count(*) > 0 FROM pkcs11_conformance") == "1");
}

TEST_CASE("a file of the PIN that others can read is used and told of") {
  Run run("", {});
  const std::string file = run.file(kPin, fs::perms(0644));
  const Checked checked = run.with({"--login", "--pin-file", file}).check();
  CHECK_THAT(checked.errors, Contains("others may read"));
  CHECK(login_row(checked) == "1,1,CKR_OK,file");
}

TEST_CASE("options that do not go together, and PINs that are not there, are refused") {
  const auto [options, words] = GENERATE(table<Texts, std::string>({
      {{"--pin-file", "/dev/null"}, "--pin-file goes with --login"},
      {{"--login-on-device"}, "--login-on-device goes with --login"},
      {{"--login", "--pin-file", "/dev/null"}, "the PIN is empty"},
      {{"--login", "--pin-file", "/no/such/file"}, "/no/such/file: the PIN cannot be read"},
      {{"--login", "--pin-fd", "77"}, "--pin-fd takes the number of an open descriptor"},
      {{"--login", "--pin-env", "sesame-4711"}, "there is no variable of that name"},
      {{"--login", "--pin-env", "A", "--pin-fd", "0"}, "give one"},
      {{"--login", "--login-on-device", "--pin-fd", "0"}, "entered on the device"},
      {{"--login"}, "there is no terminal to ask for the PIN"},
  }));
  const Run run("", options);
  const Checked checked = run.check();
  CHECK(checked.exit_code == 2);
  CHECK_THAT(checked.errors, Contains(words) && !Contains(kPin));
  CHECK(run.seen().empty());
}

TEST_CASE("a source of the PIN that would run a command is refused") {
  const Run run("", {"--login"}, "pkcs11:?module-path=" + kModule + "&pin-source=%7ccat");
  CHECK_THAT(run.check().errors, Contains("which is not run"));
  const Run relative("", {"--login"}, "pkcs11:?module-path=" + kModule + "&pin-source=pin.txt");
  CHECK_THAT(relative.check().errors, Contains("absolute path"));
}

TEST_CASE("without an option the PIN is asked for at the terminal, which does not show it") {
  const base::TemporaryFolder folder;
  const std::string log = folder.path() + "/log", out = folder.path() + "/out";
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child < 0) {
    WARN("SKIP: no terminal can be made here (is /dev/pts mounted?)");
    return;
  }
  if (child == 0) {
    setenv("ASSAY_FAKE_LOG", log.c_str(), 1);
    execl(ASSAY_BINARY_DIR "/bin/assay", "assay", "probe", "-q", "--login", "-o", out.c_str(),
          kModule.c_str(), nullptr);
    _exit(127);
  }
  const std::string typed = kPin + "\n";
  std::string shown;
  std::array<char, 256> piece{};
  for (ssize_t count = 0; (count = read(terminal, piece.data(), piece.size())) > 0;) {
    const bool asked = shown.find("PIN of the user") != std::string::npos;
    shown.append(piece.data(), static_cast<std::size_t>(count));
    if (asked || shown.find("fake_token.so: ") == std::string::npos) continue;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    REQUIRE(write(terminal, typed.data(), typed.size()) == static_cast<ssize_t>(typed.size()));
  }
  int status = -1;
  waitpid(child, &status, 0);
  close(terminal);
  INFO(shown);
  CHECK(status == 0);
  CHECK_THAT(shown, Contains("PIN of the user of") && !Contains(kPin));
  CHECK_THAT(tests::contents(log), Contains("login: slot 0, user 1, right"));
}
