#include "evidence/probes/openssl_child/self_tests.h"

#include <openssl/core_names.h>

#include <string_view>

#include <algorithm>

#include "evidence/base/text.h"

namespace evidence::probes::openssl_child {
namespace {

// No module has a hundredth of this many; one that never comes to an end does not fill the memory.
constexpr std::size_t kMostTests = 10'000;

// OSSL_PARAM_locate is libcrypto's; the array is simple enough to walk.
std::string text_parameter(const OSSL_PARAM params[], std::string_view name) {
  for (const OSSL_PARAM* p = params; p != nullptr && p->key != nullptr; ++p) {
    if (p->key != name || p->data == nullptr) continue;
    if (p->data_type == OSSL_PARAM_UTF8_STRING)
      return base::printable({static_cast<const char*>(p->data), p->data_size});
    if (p->data_type == OSSL_PARAM_UTF8_PTR)
      return base::printable(*static_cast<const char* const*>(p->data));
  }
  return {};
}

std::string result_of(const std::string& phase) {
  if (phase == "Pass") return "pass";
  return phase == "Fail" ? "fail" : "none";
}

}  // namespace

SelfTestListener::SelfTestListener(const Session& session) : session_(session) {
  session_.crypto.OSSL_SELF_TEST_set_callback(nullptr, hear, this);
}

SelfTestListener::~SelfTestListener() {
  session_.crypto.OSSL_SELF_TEST_set_callback(nullptr, nullptr, nullptr);
}

int SelfTestListener::hear(const OSSL_PARAM params[], void* listener) {
  static_cast<SelfTestListener*>(listener)->note(
      text_parameter(params, OSSL_PROV_PARAM_SELF_TEST_PHASE),
      text_parameter(params, OSSL_PROV_PARAM_SELF_TEST_TYPE),
      text_parameter(params, OSSL_PROV_PARAM_SELF_TEST_DESC));
  return 1;  // 0 in phase Corrupt would make the test fail on purpose.
}

void SelfTestListener::note(const std::string& phase, const std::string& type,
                            const std::string& description) {
  if (phase == "Start" && heard_.size() < kMostTests) {
    heard_.push_back({type, description, phase, occasion_});
  } else if (phase == "Pass" || phase == "Fail") {
    // Phases after Start come with type and description "None" from some versions, and one test may
    // run another within: an end belongs to the last one that has none.
    const auto open = std::find_if(heard_.rbegin(), heard_.rend(),
                                   [](const SelfTest& test) { return test.phase == "Start"; });
    if (open != heard_.rend()) open->phase = phase;
  }
}

void SelfTestListener::record(const std::string& module) {
  if (recorded_ == heard_.size()) return;
  Source source = session_.record.source(
      session_.call({"self_test", "module_integrity"}, module, "OSSL_SELF_TEST_set_callback"));
  for (; recorded_ < heard_.size(); ++recorded_) {
    const SelfTest& test = heard_[recorded_];
    source.row("self_test", Basis::observed,
               {{"module", module},
                {"occasion", test.occasion},
                {"position", static_cast<std::int64_t>(recorded_ + 1)},
                {"type", test.type},
                {"description", test.description},
                {"phase", test.phase},
                {"result", result_of(test.phase)}});
    if (test.type == OSSL_SELF_TEST_TYPE_MODULE_INTEGRITY && test.phase != "Start")
      source.row("module_integrity", Basis::observed,
                 {{"module", module},
                  {"way", std::string("module")},
                  {"technique", test.description},
                  {"matches", std::int64_t{test.phase == "Pass" ? 1 : 0}}});
  }
}

}  // namespace evidence::probes::openssl_child
