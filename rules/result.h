#pragma once

#include <array>
#include <string_view>

namespace rules {

/// Rule result, in the words of XCCDF 1.2 and in order of gravity: the graver one wins, so missing
/// evidence is never a pass and never hides a failure.
enum class Result { pass, notapplicable, notchecked, unknown, fail, error };
constexpr std::array<std::string_view, 6> kResultNames = {"pass",    "notapplicable", "notchecked",
                                                          "unknown", "fail",          "error"};

/// How much a failure matters, mildest first.
enum class Severity { low, medium, high, critical };
constexpr std::array<std::string_view, 4> kSeverityNames = {"low", "medium", "high", "critical"};

/// The rungs of the ladder, from the ground up. `none` is for rules that belong to no rung.
enum class Rung {
  none,
  present,
  integrity,
  self_tests,
  approved_mode,
  policy,
  certificate,
  environment,
  certificate_active,
  services,
};
constexpr std::array<std::string_view, 10> kRungNames = {
    "none",   "present",     "integrity",   "self-tests",         "approved-mode",
    "policy", "certificate", "environment", "certificate-active", "services"};
constexpr std::array<std::string_view, 10> kRungTitles = {"",
                                                          "Present",
                                                          "Integrity verified",
                                                          "Self-tests passed",
                                                          "Approved mode on",
                                                          "Policy not weakened",
                                                          "Matches a certificate",
                                                          "Operational environment listed",
                                                          "Certificate Active",
                                                          "Non-approved services refused"};

/// What a result says of a claim that is put to the test. Supported is never validated.
constexpr std::array<std::string_view, 6> kClaimVerdicts = {
    "supported", "not applicable", "not checked", "undetermined", "refuted", "error"};
constexpr std::array<std::string_view, 6> kClaimTitles = {
    "Claim supported",    "Claim does not arise", "Claim not checked",
    "Claim undetermined", "Claim refuted",        "The rule about a claim broke"};
constexpr std::string_view verdict_name(Result value) {
  return kClaimVerdicts[static_cast<std::size_t>(value)];
}
constexpr std::string_view verdict_words(Result value) {
  return kClaimTitles[static_cast<std::size_t>(value)];
}

/// The XCCDF word, as in files and on the command line.
constexpr std::string_view name_of(Result value) {
  return kResultNames[static_cast<std::size_t>(value)];
}
/// The word, as in packs and on the command line.
constexpr std::string_view name_of(Severity value) {
  return kSeverityNames[static_cast<std::size_t>(value)];
}
/// The word, as in packs.
constexpr std::string_view name_of(Rung value) {
  return kRungNames[static_cast<std::size_t>(value)];
}
/// The rung as reports call it; "" for none.
constexpr std::string_view title_of(Rung value) {
  return kRungTitles[static_cast<std::size_t>(value)];
}

}  // namespace rules
