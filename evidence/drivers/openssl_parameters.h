#pragma once

#include <openssl/params.h>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace evidence::drivers {

/// A list of OSSL_PARAM that owns what it points to, made without help of the library under test.
/// It must outlive the call it is given to.
class OpensslParameters {
 public:
  OpensslParameters& text(const char* key, std::string value);
  OpensslParameters& octets(const char* key, std::string bytes);
  OpensslParameters& integer(const char* key, int value);
  OpensslParameters& size(const char* key, std::size_t value);
  /// An unsigned integer of any length, given as `bytes`, most significant first.
  OpensslParameters& number(const char* key, std::string bytes);

  /// A place for octets that only says how long they will be.
  OpensslParameters& octets_to_come(const char* key, std::size_t length);

  /// The list with its end mark; valid until the next change.
  OSSL_PARAM* list();

 private:
  OpensslParameters& add(const char* key, unsigned int type, std::string bytes);

  std::deque<std::string> values_;
  std::vector<OSSL_PARAM> list_;
};

}  // namespace evidence::drivers
