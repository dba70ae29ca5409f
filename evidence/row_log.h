#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/base/shared_memory.h"
#include "evidence/base/value.h"

namespace evidence {

/// What a record of the log says; the number is its first cell.
enum class RecordKind : std::int64_t {
  source = 1,    ///< id, tables it feeds, subject, locator, method, time in seconds since 1970
  outcome = 2,   ///< source id, Outcome, reason
  row = 3,       ///< source id, table, Basis, then column and value in turn
  step = 4,      ///< name, tables it feeds, subject, locator, method, time
  step_end = 5,  ///< name
  finished = 6,  ///< the probe came to its own end
};

using Record = std::vector<base::Value>;

inline base::Value kind(RecordKind value) { return static_cast<std::int64_t>(value); }

/// The rows a probe has written so far, in memory that its parent process sees: whatever becomes of
/// the probe, what it wrote is there. Nothing in it is trusted: see `read_records`.
class RowLog {
 public:
  /// `memory` must outlive the log.
  explicit RowLog(base::SharedMemory& memory) : memory_(memory) {}

  /// Appends one record. When the memory is full the record is lost and `full` says so for ever.
  void append(const Record& record);

 private:
  base::SharedMemory& memory_;
};

/// What a log holds.
struct Records {
  std::vector<Record> records;
  bool damaged = false;  ///< It ends in bytes that are no record, or it ran out of room.
};

/// Reads the bytes of a log. Never fails: what cannot be read is `damaged`.
Records read_records(std::string_view bytes);

/// The bytes of one record, as `read_records` reads them.
std::string encode(const Record& record);

}  // namespace evidence
