#pragma once

namespace cli {

/// The exit codes of the program: public, and never change meaning.
enum ExitCode {
  kHolds = 0,         ///< Something was checked, and all of it held at the chosen threshold.
  kFindings = 1,      ///< Findings at or over the threshold.
  kTrouble = 2,       ///< Usage or tool error.
  kUndetermined = 3,  ///< Nothing applicable, evidence missing, data too old.
  kMismatch = 4,      ///< A signature, digest or re-derivation does not match.
};

}  // namespace cli
