#include "cli/pin.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

using base::Secret;
using evidence::probes::Pkcs11Login;
using evidence::probes::Pkcs11Target;

constexpr std::array<const char*, 3> kPinOptions = {"pin-file", "pin-fd", "pin-env"};

[[noreturn]] void refuse(const std::string& why) { throw base::Error(base::ErrorKind::usage, why); }

// An open file of ours.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags) : number_(open(path.c_str(), flags | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

// A terminal that shows nothing of what is typed. The keys that send signals are read as characters
// and other signals wait, so that it is never left like this.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP})
      sigaddset(&signals, signal);
    sigprocmask(SIG_BLOCK, &signals, &before_signals_);
    tcgetattr(terminal_, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ISIG);
    tcsetattr(terminal_, TCSAFLUSH, &silent);
  }
  ~Silence() {
    tcsetattr(terminal_, TCSAFLUSH, &before_);
    sigprocmask(SIG_SETMASK, &before_signals_, nullptr);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  int terminal_;
  termios before_{};
  sigset_t before_signals_{};
};

void say(int terminal, std::string_view words) {
  if (write(terminal, words.data(), words.size()) < 0) refuse("the terminal cannot be written to");
}

// What the keys of a terminal send to give up: Ctrl-C and Ctrl-\.
bool gives_up(const Secret& pin) {
  for (const unsigned char byte : pin.bytes())
    if (byte == 3 || byte == 28) return true;
  return false;
}

Secret ask_for_pin(const Pkcs11Target& target) {
  const Descriptor terminal("/dev/tty", O_RDWR | O_NOCTTY);
  if (terminal.number() < 0)
    refuse(
        "--login: there is no terminal to ask for the PIN; give --pin-file, --pin-fd, --pin-env "
        "or pin-source in the URI");
  const std::string who = target.filter.text().empty() ? target.module_path : target.filter.text();
  say(terminal.number(), "PIN of the user of " + base::printable(who) + ": ");
  const Silence silence(terminal.number());
  Secret pin = base::read_secret(terminal.number());
  say(terminal.number(), "\n");
  if (gives_up(pin)) refuse("no PIN was given; nothing was looked at");
  return pin;
}

Secret read_pin_file(const std::string& path, Terminal& terminal) {
  const Descriptor file(path, O_RDONLY);
  if (file.number() < 0) refuse(path + ": the PIN cannot be read: " + base::lower(strerror(errno)));
  struct stat status {};
  if (fstat(file.number(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) != 0)
    terminal.err << "assay: " << base::printable(path)
                 << ": others may read or change this file; chmod 600 it\n";
  return base::read_secret(file.number());
}

Secret read_pin_descriptor(const std::string& number) {
  const auto descriptor = base::parse_integer(number);
  if (!descriptor || *descriptor < 0 || *descriptor > 65535 ||
      fcntl(static_cast<int>(*descriptor), F_GETFD) < 0)
    refuse("--pin-fd takes the number of an open descriptor, as in --pin-fd 3 3<FILE");
  Secret pin = base::read_secret(static_cast<int>(*descriptor));
  if (*descriptor > STDERR_FILENO) close(static_cast<int>(*descriptor));
  return pin;
}

// The variable is overwritten where it stands, so that it leaves /proc/PID/environ, too.
Secret take_pin_variable(const std::string& name) {
  char* value = std::getenv(name.c_str());
  if (value == nullptr)
    refuse("--pin-env: there is no variable of that name; it takes a name, never a PIN");
  Secret pin;
  const std::size_t size = strlen(value);
  bool room = true;
  for (std::size_t i = 0; i < size; ++i)
    room = room && pin.append(static_cast<unsigned char>(value[i]));
  explicit_bzero(value, size);
  unsetenv(name.c_str());
  if (!room) refuse("--pin-env: the variable holds more than a PIN can be");
  return pin;
}

// RFC 7512, 2.4: a file: URI or a path. A command ("|…") would run what a URI says.
std::string path_of_pin_source(const std::string& source) {
  if (source.starts_with('|'))
    refuse(
        "pkcs11 URI: pin-source names a command, which is not run; name a file, or use --pin-fd");
  if (source.starts_with("file://localhost/")) return source.substr(16);
  if (source.starts_with("file:///")) return source.substr(7);
  if (source.starts_with("file:/")) return source.substr(5);
  if (source.starts_with("/")) return source;
  refuse("pkcs11 URI: pin-source is file:/PATH or an absolute path");
}

struct Pin {
  Secret secret;
  const char* from;
};

Pin find_pin(const Invocation& invocation, Terminal& terminal, const Pkcs11Target& target) {
  if (const auto file = invocation.value("pin-file"))
    return {read_pin_file(*file, terminal), "file"};
  if (const auto number = invocation.value("pin-fd"))
    return {read_pin_descriptor(*number), "descriptor"};
  if (const auto name = invocation.value("pin-env")) return {take_pin_variable(*name), "variable"};
  if (!target.pin_source.empty())
    return {read_pin_file(path_of_pin_source(target.pin_source), terminal), "file"};
  return {ask_for_pin(target), "prompt"};
}

void check_options(const Invocation& invocation, const Pkcs11Target* target) {
  const bool login = invocation.has("login");
  int sources = 0;
  for (const char* option : kPinOptions) {
    if (!invocation.has(option)) continue;
    ++sources;
    if (!login) refuse("--" + std::string(option) + " goes with --login");
  }
  for (const char* option : {"login-on-device", "login-despite-pin-flags"})
    if (invocation.has(option) && !login) refuse("--" + std::string(option) + " goes with --login");
  if (sources > 1)
    refuse("--pin-file, --pin-fd and --pin-env are three ways to say one thing; give one");
  if (sources > 0 && invocation.has("login-on-device"))
    refuse("with --login-on-device the PIN is entered on the device; leave --pin-… out");
  for (const char* option : {"login", "objects"})
    if (invocation.has(option) && target == nullptr)
      refuse("--" + std::string(option) +
             " goes with a PKCS#11 module; name one, as in assay check "
             "pkcs11:?module-path=/path/of/module.so");
}

}  // namespace

std::optional<Pkcs11Login> login_of(const Invocation& invocation, Terminal& terminal,
                                    const Pkcs11Target* target) {
  check_options(invocation, target);
  if (!invocation.has("login") || target == nullptr) return std::nullopt;
  Pkcs11Login login;
  login.despite_pin_flags = invocation.has("login-despite-pin-flags");
  login.on_device = invocation.has("login-on-device");
  login.pin_from = "device";
  if (login.on_device) return login;
  Pin pin = find_pin(invocation, terminal, *target);
  if (pin.secret.empty())
    refuse("--login: the PIN is empty; say where the PIN stands, or leave --login out");
  login.pin = std::move(pin.secret);
  login.pin_from = pin.from;
  return login;
}

}  // namespace cli
