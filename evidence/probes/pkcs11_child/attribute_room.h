#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace evidence::probes::pkcs11_child {

/// Room for a module to put values in, each with a zone behind it that is not the module's. What a
/// module does not write keeps a mark.
class AttributeRoom {
 public:
  /// Adds room for a value of `size` bytes. Not to be called once `at` was.
  void add(std::size_t size) {
    places_.push_back({length_, size});
    length_ += (size + kZone + kAlignment - 1) / kAlignment * kAlignment;
    bytes_.resize(length_, kMark);
  }

  void* at(std::size_t index) { return bytes_.data() + places_[index].begin; }

  /// The first `size` bytes of what was written; `size` is at most that of the room.
  std::string bytes(std::size_t index, std::size_t size) const {
    return bytes_.substr(places_[index].begin, size);
  }

  /// Whether the first `size` bytes were left as they were.
  bool unwritten(std::size_t index, std::size_t size) const {
    const auto first = bytes_.begin() + static_cast<std::ptrdiff_t>(places_[index].begin);
    return std::all_of(first, first + static_cast<std::ptrdiff_t>(size), is_mark);
  }

  /// How many bytes up to the next value were written behind the room of this one.
  std::size_t overrun(std::size_t index) const {
    const std::size_t begin = places_[index].begin + places_[index].size;
    const std::size_t end = index + 1 < places_.size() ? places_[index + 1].begin : length_;
    const auto zone = bytes_.begin() + static_cast<std::ptrdiff_t>(begin);
    return static_cast<std::size_t>(std::count_if(zone,
                                                  bytes_.begin() + static_cast<std::ptrdiff_t>(end),
                                                  [](char byte) { return !is_mark(byte); }));
  }

 private:
  static constexpr char kMark = '\xa5';
  static constexpr std::size_t kZone = 64, kAlignment = 16;

  struct Place {
    std::size_t begin, size;
  };

  static bool is_mark(char byte) { return byte == kMark; }

  std::vector<Place> places_;
  std::string bytes_;
  std::size_t length_ = 0;
};

}  // namespace evidence::probes::pkcs11_child
