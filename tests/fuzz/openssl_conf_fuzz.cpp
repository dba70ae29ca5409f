#include <cstddef>
#include <cstdint>
#include <string>

#include "evidence/probes/openssl_configuration.h"
#include "evidence/probes/openssl_configuration_problems.h"
#include "tests/probes/fake_host.h"

// Any bytes as an OpenSSL configuration, which may also include itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tests::FakeHost host;
  const std::string text(reinterpret_cast<const char*>(data), size);
  host.files = {{"/a.cnf", text}, {"/d/b.cnf", text}, {"/d/c.conf", "a = b\n"}};
  host.variables = {{"HOME", "/root"}};
  const auto conf = evidence::probes::read_openssl_conf(host, "/a.cnf");
  evidence::probes::OpensslConfiguration result;
  result.seen = conf.seen();
  for (const auto& problem : evidence::probes::configuration_problems(conf, result))
    if (problem.problem.empty()) __builtin_trap();
  for (const auto& setting : conf.settings())
    if (!conf.has_section(setting.section) || setting.line < 1) __builtin_trap();
  return 0;
}
