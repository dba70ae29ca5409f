#pragma once

#include <string>

#include "evidence/drivers/libcrypto.h"
#include "evidence/recorder.h"

namespace evidence::probes::openssl_child {

/// What this process was asked to do.
struct Task {
  std::string log_descriptor;
  std::string library;         ///< Where this machine finds the libcrypto.
  std::string library_name;    ///< What the target calls it.
  std::string root;            ///< "" for this machine itself.
  std::string provider;        ///< A provider to load besides what the configuration loads; or "".
  bool meant_as_fips = false;  ///< File or configuration say that it is a FIPS provider.
  bool preferred = false;      ///< It is the libcrypto that programs of the target get.
  bool describe_only = false;  ///< Record what the library says of itself, nothing else.
  bool exercise = false;       ///< Run self-tests on demand and try the catalogue of services.
  std::set<std::string> skip;
};

/// One loaded libcrypto and where to record what it does. All of it must outlive the session's
/// users.
struct Session {
  const Task& task;
  Recorder& record;
  const drivers::LibCrypto& crypto;

  /// A place that is a call into the library, e.g. "OSSL_PROVIDER_load(fips)".
  Place call(std::vector<std::string> feeds, std::string subject, std::string what) const {
    return {std::move(feeds), std::move(subject), task.library_name, std::move(what)};
  }
};

/// The subject key of the provider `name`.
inline std::string module_key(const std::string& name) { return "openssl:" + name; }

}  // namespace evidence::probes::openssl_child
