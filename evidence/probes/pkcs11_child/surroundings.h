#pragma once

#include <signal.h>
#include <sys/types.h>

#include <array>
#include <bitset>
#include <string>
#include <vector>

namespace evidence::probes::pkcs11_child {

/// What a module shares with the process that loads it, and has no business to change.
class Surroundings {
 public:
  /// As they are now. `log` is the descriptor that evidence is written through.
  explicit Surroundings(int log) : log_(log), state_(look()) {}

  /// What has changed since this was last asked, each in words.
  std::vector<std::string> changes();

  /// How many threads this process has.
  static std::size_t threads();

 private:
  static constexpr std::size_t kHandlers = 9, kDescriptors = 4;

  struct State {
    std::bitset<NSIG> blocked;
    std::array<void (*)(int), kHandlers> handlers;
    std::bitset<kDescriptors> open;
    ino_t folder;
    mode_t mask;
    bool alarm;
    std::string locale;
  };

  State look() const;

  int log_;
  State state_;
};

}  // namespace evidence::probes::pkcs11_child
