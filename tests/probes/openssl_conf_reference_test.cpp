// Expected data: what NCONF_load of the libcrypto that this test is linked with makes of the same
// files.
#include <openssl/bio.h>
#include <openssl/conf.h>
#include <openssl/err.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "evidence/probes/openssl_conf.h"
#include "tests/catch.h"

namespace {

struct FreeConf {
  void operator()(CONF* conf) const { NCONF_free(conf); }
};

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};

// All that libcrypto takes from the file, in the form of NCONF_dump_bio, or nothing if it gives up.
std::optional<std::vector<std::string>> by_libcrypto(const std::string& path) {
  const std::unique_ptr<CONF, FreeConf> conf(NCONF_new(nullptr));
  const bool loaded = NCONF_load(conf.get(), path.c_str(), nullptr) > 0;
  ERR_clear_error();
  if (!loaded) return std::nullopt;
  const std::unique_ptr<BIO, FreeBio> out(BIO_new(BIO_s_mem()));
  NCONF_dump_bio(conf.get(), out.get());
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(out.get(), &bytes);
  std::vector<std::string> lines = {""};
  for (const char c : std::string(bytes, static_cast<std::size_t>(length)))
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::optional<std::vector<std::string>> by_us(const std::string& path) {
  const auto conf = evidence::probes::read_openssl_conf(base::SystemHost(), path);
  if (conf.error()) return std::nullopt;
  std::string dump;
  for (const auto& section : conf.sections()) {
    dump += "[[" + section + "]]\n";
    for (const auto& setting : conf.section(section))
      dump += "[" + section + "] " + setting.name + "=" + setting.value + "\n";
  }
  std::vector<std::string> lines = {""};
  for (const char c : dump)
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

TEST_CASE("the corpus of configurations is read as libcrypto reads it") {
  const char* other = std::getenv("ASSAY_CONF_CORPUS");
  const std::string folder =
      other == nullptr ? std::string(ASSAY_SOURCE_DIR) + "/tests/fuzz/corpus/openssl_conf" : other;
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    INFO(entry.path());
    CHECK(by_us(entry.path()) == by_libcrypto(entry.path()));
    ++count;
  }
  CHECK(count > 0);
}
