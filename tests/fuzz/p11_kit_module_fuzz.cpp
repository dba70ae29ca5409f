#include <cstddef>
#include <cstdint>
#include <string>

#include "evidence/probes/pkcs11_registry.h"
#include "tests/probes/fake_host.h"

namespace {

bool is_trimmed(const std::string& text) {
  constexpr std::string_view kBlanks = " \t\r";
  return text.find('\n') == std::string::npos &&
         (text.empty() || (kBlanks.find(text.front()) == std::string_view::npos &&
                           kBlanks.find(text.back()) == std::string_view::npos));
}

}  // namespace

// Any bytes as a file of p11-kit that registers a module, and as p11-kit's own configuration.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace evidence::probes;
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const auto& [name, value] : parse_module_file(text))
    if (!is_trimmed(name) || !is_trimmed(value) || name.starts_with('#')) __builtin_trap();
  tests::FakeHost host;
  host.files = {{"/etc/pkcs11/pkcs11.conf", text},
                {"/usr/share/p11-kit/modules/a.module", text},
                {"/etc/pkcs11/modules/a.module", text},
                {"/home/.config/pkcs11/modules/b.module", text},
                {"/usr/lib/m.so", "library"}};
  host.variables = {{"HOME", "/home"}};
  const auto modules = registered_modules(host);
  for (const RegisteredModule& module : modules)
    if (module.name.empty() || module.path.empty() == module.problem.empty()) __builtin_trap();
  for (const Pkcs11Target& target : chosen_modules(modules, {}))
    if (target.module_path.empty()) __builtin_trap();
  return 0;
}
