#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cmvp/certificate.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// What is to be said about a snapshot as a whole: the file beside its records, `name: value`
/// lines.
struct SnapshotHeader {
  std::string taken_at;  ///< YYYY-MM-DD, the day of the newest list in it.
  std::string source;    ///< Where the facts come from, in words.
  std::int64_t certificates = 0;
};

/// Reads a header. Throws Error(input), `origin: message`, if a line of it is missing or senseless.
SnapshotHeader read_header(std::string_view text, const std::string& origin);

/// The header as `read_header` reads it.
std::string write_header(const SnapshotHeader& header);

/// The text form of a snapshot: comma-separated values, one certificate a line. Elements of a list
/// are separated by "|"; a version or configuration begins with its kind or origin and a colon.
std::string write_csv(std::span<const Certificate> certificates);

/// Reads the text form. Throws Error(input), `origin:line: message`, for a cell that makes no
/// sense.
std::vector<Certificate> read_csv(std::string_view text, const std::string& origin);

/// Fills the empty database `target` with the tables `snapshot`, `certificate`,
/// `certificate_version`, `certificate_relation` and `certificate_environment` from the text form
/// `csv`. The same text gives the same bytes. Throws Error(input) as `read_csv`, or if the count of
/// records is not the one in `header`.
void build_snapshot(const SnapshotHeader& header, std::string_view csv, const std::string& origin,
                    base::Database& target);

}  // namespace cmvp
