#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/probes/openssl_configuration.h"

namespace evidence::probes {

/// Something in the configuration that does not do what it looks like.
struct ConfigurationProblem {
  std::string file;
  std::optional<std::int64_t> line;
  std::string problem;
  bool silent = true;  ///< OpenSSL goes on without a word.
  bool concerns_fips = false;
};

/// The configuration module of libcrypto that a name in the initialization section stands for, ""
/// if there is none: a beginning is enough, and a suffix after a dot tells equal names apart.
std::string_view configuration_module(std::string_view name);

/// Walks through the configuration as OpenSSL does when it starts, finds what goes wrong, and marks
/// in `result` the providers that it gets to.
std::vector<ConfigurationProblem> configuration_problems(const OpensslConf& conf,
                                                         OpensslConfiguration& result);

}  // namespace evidence::probes
