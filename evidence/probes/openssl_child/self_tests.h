#pragma once

#include <string>
#include <vector>

#include "evidence/probes/openssl_child/session.h"

namespace evidence::probes::openssl_child {

/// One self-test as the library reported it.
struct SelfTest {
  std::string type, description;
  std::string phase = "Start";  ///< Last phase seen.
  std::string occasion;         ///< load, on demand or use
};

/// Hears of every self-test that a provider in the default context runs, as long as it lives.
class SelfTestListener {
 public:
  /// Starts to listen. The session must outlive this.
  explicit SelfTestListener(const Session& session);
  ~SelfTestListener();
  SelfTestListener(const SelfTestListener&) = delete;
  SelfTestListener& operator=(const SelfTestListener&) = delete;

  /// The occasion that tests heard from now on belong to.
  void occasion(const std::string& occasion) { occasion_ = occasion; }

  const std::vector<SelfTest>& heard() const { return heard_; }

  /// Records the tests heard since the last call, as those of `module`.
  void record(const std::string& module);

 private:
  static int hear(const OSSL_PARAM params[], void* listener);
  void note(const std::string& phase, const std::string& type, const std::string& description);

  const Session& session_;
  std::string occasion_ = "load";
  std::vector<SelfTest> heard_;
  std::size_t recorded_ = 0;
};

}  // namespace evidence::probes::openssl_child
