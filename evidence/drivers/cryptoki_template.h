#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/drivers/cryptoki.h"

namespace evidence::drivers {

/// A list of attributes that owns its values. It must outlive the call it is given to.
class CryptokiTemplate {
 public:
  CryptokiTemplate& number(cryptoki::CK_ATTRIBUTE_TYPE type, cryptoki::CK_ULONG value) {
    return bytes(type, {reinterpret_cast<const char*>(&value), sizeof value});
  }
  CryptokiTemplate& flag(cryptoki::CK_ATTRIBUTE_TYPE type, bool value) {
    return bytes(type, std::string(1, value ? '\1' : '\0'));
  }
  CryptokiTemplate& bytes(cryptoki::CK_ATTRIBUTE_TYPE type, std::string_view value) {
    std::string& kept = values_.emplace_back(value);
    attributes_.push_back({type, kept.data(), kept.size()});
    return *this;
  }
  /// Sets each of the flags to true.
  CryptokiTemplate& flags(const std::vector<cryptoki::CK_ATTRIBUTE_TYPE>& types) {
    for (const auto type : types) flag(type, true);
    return *this;
  }

  cryptoki::CK_ATTRIBUTE* data() { return attributes_.data(); }
  cryptoki::CK_ULONG size() const { return attributes_.size(); }

 private:
  std::deque<std::string> values_;
  std::vector<cryptoki::CK_ATTRIBUTE> attributes_;
};

}  // namespace evidence::drivers
