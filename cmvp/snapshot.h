#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cmvp/algorithm_page.h"
#include "cmvp/certificate.h"
#include "cmvp/common_criteria_page.h"
#include "cmvp/entropy_page.h"
#include "cmvp/process_page.h"
#include "cmvp/profile_xml.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// What is to be said about a snapshot as a whole: the file beside its records, `name: value`
/// lines.
struct SnapshotHeader {
  std::string taken_at;  ///< YYYY-MM-DD, the day of the newest list in it.
  std::string source;    ///< Where the facts come from, in words.
  std::int64_t certificates = 0;
};

/// A record that an import could not read: it is kept with its reason, not dropped.
struct RejectedRecord {
  std::string origin;     ///< Name of the file.
  std::size_t place = 0;  ///< Line, row or form in it, from 1; 0 for all of it.
  std::string reason;
};

/// All that a snapshot holds. `header.certificates` is set by `build_snapshot`.
struct SnapshotContents {
  SnapshotHeader header;
  std::vector<Certificate> certificates;  ///< By number.
  std::vector<ModuleInProcess> in_process;
  std::vector<AlgorithmValidation> algorithm_validations;
  std::vector<CommonCriteriaProduct> products;
  std::vector<EntropyCertificate> entropy_certificates;
  std::vector<ProtectionProfile> profiles;  ///< Of the portal's list.
  std::vector<ProfileDocument> documents;   ///< With their requirements; `rejected` is not stored.
  std::vector<RejectedRecord> rejected;
};

/// Reads a header. Throws Error(input), `origin: message`, if a line of it is missing or senseless.
SnapshotHeader read_header(std::string_view text, const std::string& origin);

/// The header as `read_header` reads it.
std::string write_header(const SnapshotHeader& header);

/// Drops what the built-in snapshot does without: the words of the caveats of certificates that are
/// not Active. Their flags stay.
void make_compact(std::vector<Certificate>& certificates);

/// The text form of a snapshot: comma-separated values, one certificate a line. Elements of a list
/// are separated by "|"; a version or configuration begins with its kind or origin and a colon.
std::string write_csv(std::span<const Certificate> certificates);

/// The same, one line after the other, the heading first.
void write_csv(std::span<const Certificate> certificates,
               const std::function<void(const std::string&)>& line);

/// Reads the text form, also without its last columns, as earlier versions wrote it. Throws
/// Error(input), `origin:line: message`, for a cell that makes no sense.
std::vector<Certificate> read_csv(std::string_view text, const std::string& origin);

/// Fills the empty database `target` with the tables of a snapshot from the text form `csv`. The
/// same text gives the same bytes. Throws Error(input) as `read_csv`, or if the count of records is
/// not the one in `header`.
void build_snapshot(const SnapshotHeader& header, std::string_view csv, const std::string& origin,
                    base::Database& target);

/// Fills the empty database `target` with `contents`; the digest is that of the text form of all of
/// it. The same contents give the same bytes.
void build_snapshot(const SnapshotContents& contents, base::Database& target);

/// Creates the empty tables of a snapshot.
void create_snapshot_tables(base::Database& target);

/// Everything in a snapshot, as `build_snapshot` took it.
SnapshotContents read_snapshot(const base::Database& snapshot);

/// Requirements and choices of the protection profile with this `id`; none for a profile that only
/// the portal's list names.
ProfileDocument profile_requirements(const base::Database& snapshot, std::int64_t id);

}  // namespace cmvp
