#pragma once

#include <stdexcept>
#include <string>

namespace base {

/// Why the tool cannot go on. `cli` gives each kind its exit code and its next step.
enum class ErrorKind {
  usage,        ///< The command line is wrong.
  input,        ///< A file that the user gave is malformed.
  mismatch,     ///< A digest or signature is not the one it must be.
  environment,  ///< The machine refused: input and output, permissions, memory.
  internal,     ///< A defect of this program.
};

/// The only exception this project throws: "cannot go on". What a probe cannot see is not an Error,
/// it is an outcome on record (evidence/recorder.h).
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const noexcept { return kind_; }

 private:
  ErrorKind kind_;
};

}  // namespace base
