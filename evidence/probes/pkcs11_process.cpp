#include "evidence/probes/pkcs11_process.h"

#include "evidence/base/digest.h"
#include "evidence/probes/package.h"

namespace evidence::probes {
namespace {

constexpr std::size_t kModuleLimit = std::size_t{256} << 20U;

std::vector<std::string> words_of(const base::Host& host, const Pkcs11Target& target) {
  const TokenFilter& filter = target.filter;
  const std::string& path = target.module_path;
  std::vector<std::string> words = {"--module=" + (target.chroot ? path : host.outside(path)),
                                    "--module-name=" + path,
                                    "--token=" + filter.token,
                                    "--serial=" + filter.serial,
                                    "--manufacturer=" + filter.manufacturer,
                                    "--model=" + filter.model,
                                    "--slot=" + filter.slot};
  if (!host.root().empty() && !target.chroot) words.push_back("--root=" + host.root());
  if (!target.init_args.empty()) words.push_back("--init-args=" + target.init_args);
  words.push_back("--entry-point=" + target.entry_point);
  words.emplace_back(target.objects ? "--objects" : "--leave-slots");
  return words;
}

std::vector<std::string> words_of(const Pkcs11Login& login) {
  std::vector<std::string> words = {"--login", "--pin-from=" + login.pin_from};
  if (login.on_device) words.emplace_back("--login-on-device");
  if (login.despite_pin_flags) words.emplace_back("--login-despite-pin-flags");
  return words;
}

}  // namespace

ForeignStart start_of(const base::Host& host, const Pkcs11Task& task,
                      const std::set<std::string>& skip, int log_descriptor) {
  const Pkcs11Target& target = task.target;
  auto words = words_of(host, target);
  std::optional<base::SecretPipe> pin;
  if (task.login != nullptr) {
    for (const std::string& word : words_of(*task.login)) words.push_back(word);
    pin.emplace(task.login->pin);
    words.push_back("--pin=" + std::to_string(pin->descriptor()));
    if (task.exercise) words.emplace_back("--exercise-logged-in");
    if (task.measure) words.emplace_back("--measure");
  }
  ForeignStart start =
      target.chroot
          ? foreign_start(base::SystemHost(), kPkcs11ProbeProgram, words, skip, log_descriptor)
          : foreign_start(host, kPkcs11ProbeProgram, words, skip, log_descriptor);
  if (target.chroot) start.program.root = host.root();
  if (pin) start.program.inherited = {pin->descriptor()};
  start.secret = std::move(pin);
  auto& environment = start.program.environment;
  if (host.root().empty()) environment = base::environment_of_this_process();
  for (const std::string& variable : target.environment) {
    const std::string name = variable.substr(0, variable.find('=') + 1);
    std::erase_if(environment, [&](const std::string& given) { return given.starts_with(name); });
    environment.push_back(variable);
  }
  return start;
}

ForeignStart start_of(const base::Host& host, const Pkcs11Exercise& exercise,
                      const std::set<std::string>& skip, int log_descriptor) {
  ForeignStart start = start_of(host, Pkcs11Task{exercise.target}, skip, log_descriptor);
  if (start.program.arguments.empty()) return start;
  start.program.arguments.push_back("--exercise-token=" + exercise.token);
  start.program.arguments.push_back("--mechanisms=" + exercise.mechanisms);
  if (exercise.measure) start.program.arguments.emplace_back("--measure");
  return start;
}

void probe_pkcs11_file(Recorder& record, const Pkcs11Target& target) {
  const std::string module = pkcs11_module_key(target.module_path);
  record.source({{"pkcs11_module"}, module, "command line", "named"})
      .row("pkcs11_module", Basis::declared,
           {{"module", module},
            {"path", target.module_path},
            {"asked_for", target.filter.text()},
            {"init_args", std::int64_t{target.init_args.empty() ? 0 : 1}}});
  const base::Host& host = record.host();
  const std::string path = host.resolve(target.module_path);
  Source source = record.file({{"pkcs11_file"}, module, path, "read"}, kModuleLimit);
  if (!source.observed()) return;
  const base::FileStatus status = host.status(path);
  const PackageOwner owner = PackageDatabase(host).owner_of(path, "pkcs11");
  source.row("pkcs11_file", Basis::observed,
             {{"module", module},
              {"path", path},
              {"size", static_cast<std::int64_t>(source.text().size())},
              {"sha256", base::sha256(source.text())},
              {"package", or_null(known_name(owner))},
              {"package_version", or_null(known_version(owner))},
              {"owner", std::int64_t{status.owner}},
              {"mode", std::int64_t{status.mode}}});
}

}  // namespace evidence::probes
