#include "evidence/probes/pkcs11_child/conformance.h"

#include "evidence/base/text.h"
#include "evidence/probes/pkcs11_child/conformance_check.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

const std::vector<std::string> kFeeds = {"pkcs11_conformance"};

const char* words(Finding::Outcome outcome) {
  switch (outcome) {
    case Finding::Outcome::held:
      return "held";
    case Finding::Outcome::violated:
      return "violated";
    case Finding::Outcome::not_applicable:
      break;
  }
  return "not applicable";
}

// What the checks need of a module, without the records that the inventory makes of it.
std::optional<Module> open_quietly(const Session& session) {
  std::optional<Module> module;
  const Place place = session.call(kFeeds, "", "loaded and initialised");
  session.record.step("load for conformance", place, [&] {
    try {
      const base::LoadedLibrary library(session.task.library, base::LoadedLibrary::Scope::itself);
      GetFunctionList* function = library.optional(session.task.target.entry_point.c_str());
      CK_FUNCTION_LIST* list = nullptr;
      need(call(function, &list), "C_GetFunctionList");
      if (list == nullptr || list->C_Initialize == nullptr) not_applicable("it has no functions");
      const Module loaded{library, list};
      const CK_RV result = initialize_module(session, loaded).result;
      if (result != CKR_CRYPTOKI_ALREADY_INITIALIZED) need(result, "C_Initialize");
      module = loaded;
    } catch (const base::Error& error) {
      session.record.source(place).unreadable(base::printable(error.what()));
    }
  });
  return module;
}

class Conformance {
 public:
  Conformance(const Session& session, const Trial& trial)
      : session_(session), trial_(trial), of_token_(session.task.conformance != session.module()) {}

  void run(std::span<const Check> checks) const {
    for (const Check& check : checks) perform(check);
  }

 private:
  void perform(const Check& check) const {
    const std::string step = "conformance " + std::string(check.id);
    // What the step leaves behind if it does not come back is the row below, made the next time.
    const Place place = session_.call({}, session_.module(), step);
    if (session_.task.skip.contains(step))
      return record(check, {Finding::Outcome::violated, "the call did not come back"});
    Finding finding;
    session_.record.step(step, place, [&] {
      try {
        finding = check.perform(trial_);
      } catch (const base::Error& error) {
        finding = {Finding::Outcome::not_applicable, error.what()};
      }
    });
    record(check, finding);
  }

  void record(const Check& check, const Finding& finding) const {
    record_finding(session_, of_token_ ? session_.task.conformance : "", check, finding);
  }

  const Session& session_;
  const Trial& trial_;
  bool of_token_;
};

}  // namespace

void record_finding(const Session& session, const std::string& token, const Check& check,
                    const Finding& finding) {
  session.record
      .source(session.call(kFeeds, session.module(), "conformance " + std::string(check.id)))
      .row("pkcs11_conformance", Basis::observed,
           {{"module", session.module()},
            {"token", token.empty() ? base::Value(nullptr) : base::Value(token)},
            {"check_id", std::string(check.id)},
            {"expected", std::string(check.expected)},
            {"outcome", std::string(words(finding.outcome))},
            {"returned", base::printable(finding.returned)}});
}

void record_conformance(const Session& session) {
  const auto module = open_quietly(session);
  if (!module) return;
  const auto slot = base::parse_integer(session.task.target.filter.slot);
  const Trial trial(session, *module, static_cast<CK_SLOT_ID>(slot.value_or(0)));
  const Conformance conformance(session, trial);
  if (session.task.conformance == session.module())
    for (const auto checks : {library_checks, interface_checks, slot_checks, lifetime_checks})
      conformance.run(checks());
  else
    for (const auto checks : {mechanism_checks, session_checks, object_checks, attribute_checks,
                              find_checks, digest_checks, cipher_checks, signature_checks,
                              key_checks, process_checks, logout_checks})
      conformance.run(checks());
}

}  // namespace evidence::probes::pkcs11_child
