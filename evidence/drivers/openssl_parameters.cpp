#include "evidence/drivers/openssl_parameters.h"

#include <algorithm>
#include <bit>

namespace evidence::drivers {
namespace {

template <class Value>
std::string native(Value value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

}  // namespace

OpensslParameters& OpensslParameters::text(const char* key, std::string value) {
  return add(key, OSSL_PARAM_UTF8_STRING, std::move(value));
}

OpensslParameters& OpensslParameters::octets(const char* key, std::string bytes) {
  return add(key, OSSL_PARAM_OCTET_STRING, std::move(bytes));
}

OpensslParameters& OpensslParameters::octets_to_come(const char* key, std::size_t length) {
  add(key, OSSL_PARAM_OCTET_STRING, {});
  list_.back().data = nullptr;
  list_.back().data_size = length;
  return *this;
}

OpensslParameters& OpensslParameters::integer(const char* key, int value) {
  return add(key, OSSL_PARAM_INTEGER, native(value));
}

OpensslParameters& OpensslParameters::size(const char* key, std::size_t value) {
  return add(key, OSSL_PARAM_UNSIGNED_INTEGER, native(value));
}

OpensslParameters& OpensslParameters::number(const char* key, std::string bytes) {
  if (std::endian::native == std::endian::little) std::reverse(bytes.begin(), bytes.end());
  return add(key, OSSL_PARAM_UNSIGNED_INTEGER, std::move(bytes));
}

OSSL_PARAM* OpensslParameters::list() {
  if (list_.empty() || list_.back().key != nullptr) list_.push_back({nullptr, 0, nullptr, 0, 0});
  return list_.data();
}

OpensslParameters& OpensslParameters::add(const char* key, unsigned int type, std::string bytes) {
  if (!list_.empty() && list_.back().key == nullptr) list_.pop_back();
  std::string& kept = values_.emplace_back(std::move(bytes));
  list_.push_back({key, type, kept.data(), kept.size(), OSSL_PARAM_UNMODIFIED});
  return *this;
}

}  // namespace evidence::drivers
