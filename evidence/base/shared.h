#pragma once

#include <memory>
#include <utility>

namespace base {

/// A value that many hold and nobody changes: a copy shares it. Without a value it is like an empty
/// `T`, a string or a vector.
template <class T>
class Shared {
 public:
  Shared() = default;
  Shared(T value) : value_(std::make_shared<const T>(std::move(value))) {}

  const T& operator*() const { return value_ ? *value_ : nothing(); }
  auto begin() const { return (**this).begin(); }
  auto end() const { return (**this).end(); }
  bool empty() const { return (**this).empty(); }

 private:
  static const T& nothing() {
    static const T kNothing{};
    return kNothing;
  }

  std::shared_ptr<const T> value_;
};

}  // namespace base
