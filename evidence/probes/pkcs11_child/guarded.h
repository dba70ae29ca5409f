#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace evidence::probes::pkcs11_child {

/// A structure for a module to fill, with a zone behind it that is not the module's. The zone is
/// large enough that a module which writes too far is found out and brings nothing down.
template <class Info>
class Guarded {
 public:
  Guarded() { zone_.fill(kMark); }

  /// What the module gets.
  Info* to_fill() { return &info_; }
  const Info& value() const { return info_; }

  /// How many bytes behind the structure were written up to the last one that changed.
  std::size_t overrun() const {
    const auto last =
        std::find_if(zone_.rbegin(), zone_.rend(), [](std::byte one) { return one != kMark; });
    return static_cast<std::size_t>(zone_.rend() - last);
  }

 private:
  static constexpr std::size_t kZone = 1024;
  static constexpr std::byte kMark{0xa5};

  Info info_{};
  std::array<std::byte, kZone> zone_;
};

}  // namespace evidence::probes::pkcs11_child
