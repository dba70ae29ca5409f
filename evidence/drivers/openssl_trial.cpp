#include "evidence/drivers/openssl_trial.h"

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace evidence::drivers {
namespace {

/// What OpenSSL 3.4 calls the answer to "was that approved?"; 1, 0, or -1 for undetermined.
constexpr const char* kIndicatorName = "fips-indicator";
/// AES-GCM has no indicator of that name; its initialization vector decides (FIPS 140-3 IG C.H).
constexpr const char* kGeneratedName = "iv-generated";

OSSL_PARAM integer_wanted(const char* name, int& value) {
  return {name, OSSL_PARAM_INTEGER, &value, sizeof value, OSSL_PARAM_UNMODIFIED};
}

/// What a failure of an algorithm that was found is, by the first error.
Attempt kind_of_failure(unsigned long code) {
  if (ERR_GET_REASON(code) == EVP_R_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE)
    return Attempt::unsupported;
  // A library that ran out of memory, or into a state its own authors ruled out, refused nothing.
  return ERR_FATAL_ERROR(code) != 0 ? Attempt::error : Attempt::refused;
}

Indicator meaning(int indicator) {
  if (indicator == 1) return Indicator::approved;
  return indicator == 0 ? Indicator::not_approved : Indicator::undetermined;
}

}  // namespace

Trial::Trial(const OpensslModule& module, const Service& service)
    : module_(module), library_(module.library), service_(service) {
  library_.ERR_clear_error();
  result_.indicator_kind = "none";
}

std::string Trial::text(const std::string& key, const std::string& otherwise) const {
  return service_text(service_, key, otherwise);
}

std::size_t Trial::number(const std::string& key, std::size_t otherwise) const {
  return service_number(service_, key, otherwise);
}

std::string Trial::bytes(const std::string& key) const { return service_bytes(service_, key); }

bool Trial::allowed(int code, std::string_view step) {
  if (code > 0) return true;
  result_.attempt = kind_of_failure(library_.ERR_peek_error());
  result_.reason = std::string(step) + ": " + library_.first_error();
  return false;
}

bool Trial::usable(const void* handle, std::string_view step) {
  if (handle != nullptr) return true;
  result_.attempt = Attempt::error;
  result_.reason = std::string(step) + ": " + library_.first_error();
  return false;
}

bool Trial::correct(bool holds, const std::string& otherwise) {
  if (holds) return true;
  result_.attempt = Attempt::error;
  result_.reason = otherwise;
  return false;
}

ServiceResult Trial::finish(bool performed) {
  if (performed) {
    result_.attempt = Attempt::performed;
    ask_implicit_indicator();
  } else {
    result_.indicator = Indicator::none;
    result_.indicator_kind = "none";
  }
  return result_;
}

void Trial::not_found(const std::string& name) {
  const auto reason = ERR_GET_REASON(library_.ERR_peek_error());
  const bool unsupported = reason == ERR_R_UNSUPPORTED || reason == EVP_R_UNSUPPORTED_ALGORITHM;
  result_.attempt = unsupported ? Attempt::unsupported : Attempt::error;
  result_.reason = name + ": " + library_.first_error();
}

void Trial::served_by(const OSSL_PROVIDER* provider) {
  provider_ = provider;
  const char* name = provider == nullptr ? nullptr : library_.OSSL_PROVIDER_get0_name(provider);
  result_.provider = name == nullptr ? std::string() : base::printable(name);
}

void Trial::ask_indicator(const Reader& read) {
  int indicator = -1, generated = -1;
  OSSL_PARAM wanted[] = {integer_wanted(kIndicatorName, indicator), {nullptr, 0, nullptr, 0, 0}};
  library_.ERR_set_mark();
  read(wanted);
  // Without an indicator of that name GCM tells whether it made the initialization vector itself.
  OSSL_PARAM second[] = {integer_wanted(kGeneratedName, generated), {nullptr, 0, nullptr, 0, 0}};
  const bool answered = wanted[0].return_size != OSSL_PARAM_UNMODIFIED;
  if (!answered && is_fips_provider()) read(second);
  library_.ERR_pop_to_mark();
  if (!answered && second[0].return_size == OSSL_PARAM_UNMODIFIED) return;
  result_.indicator = meaning(answered ? indicator : generated);
  result_.indicator_kind = "explicit";
}

void Trial::ask_implicit_indicator() {
  if (result_.indicator != Indicator::none) return;
  // Modules before OpenSSL 3.4 say "approved" through the property of what they let you fetch and
  // through success (Security Policy of certificate #4985); other providers say nothing.
  if (!approved_property_ && !is_fips_provider()) return;
  result_.indicator = approved_property_ ? Indicator::approved : Indicator::not_approved;
  result_.indicator_kind = "implicit";
}

bool Trial::is_fips_provider() const {
  const Kind<EVP_MD> digests{library_.EVP_MD_fetch, library_.EVP_MD_free,
                             library_.EVP_MD_get0_provider};
  return provider_ != nullptr && approved_by_property(digests, "SHA2-256", provider_);
}

}  // namespace evidence::drivers
