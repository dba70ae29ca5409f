#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cmvp/file_readers.h"
#include "cmvp/imported_file.h"
#include "cmvp/merge.h"
#include "cmvp/snapshot.h"
#include "evidence/base/host.h"

namespace cmvp {

/// What an import is told.
struct ImportOptions {
  std::string taken_at;        ///< YYYY-MM-DD; "" takes the newest day that a feed speaks of.
  std::string source;          ///< In words; "" names the files.
  bool accept_shrink = false;  ///< A list may have less than half of what was known.
  std::function<void(const std::string&)> progress;  ///< May be empty.
};

/// A field of an accepted record that was not believed.
struct LeftOut {
  std::string origin;
  LineNote note;
};

/// What became of an import.
struct ImportResult {
  SnapshotContents contents;
  std::vector<std::string> contradictions;
  std::vector<LeftOut> left_out;
};

/// What the certificate pages of an import name besides: entropy certificates by their numbers,
/// CAVP validations by the ids in their addresses.
struct NamedElsewhere {
  std::set<std::int64_t> entropy, validations;
};

/// Gathers files (`ImportedFile`), one after the other, and makes the contents of a snapshot of
/// them.
class FileImport {
 public:
  explicit FileImport(ImportOptions options) : options_(std::move(options)) {}

  /// Reads one file; `origin` is named in messages. Throws Error(input) for a file that is none of
  /// these, or a page that no longer looks as expected.
  void add(const std::string& origin, std::string_view bytes);

  /// Reads the file `path`, or every file in the folder `path` and below, in the order of their
  /// names. In a folder, a file that cannot be read is rejected with its reason and the next one is
  /// read, unless all are like that. Throws Error(input) or Error(environment).
  void add_path(const base::Host& host, const std::string& path);

  /// The day of the snapshot: the one given, or that of the newest record of a feed. Throws
  /// Error(usage) if there is neither, or if it is no date.
  std::string taken_at() const;

  /// What the certificate pages that were read name.
  const NamedElsewhere& named() const { return named_; }

  /// Joins everything with `known`, the newest older snapshot, or nothing. Throws Error(input) as
  /// `merge`, or if the files brought nothing.
  ImportResult finish(const SnapshotContents* known);

 private:
  struct Folder;

  void take(const std::string& origin, Import feed);
  void take(const std::string& origin, ListPage list);
  void take(const std::string& origin, DetailPage page);
  void take(const std::string& origin, ProcessPage list);
  void take(const std::string& origin, AlgorithmPage page);
  void take(const std::string& origin, CommonCriteriaList list);
  void take(const std::string& origin, ProtectionProfileList list);
  void take(const std::string& origin, EntropyPage page);
  void take(const std::string& origin, ProfileDocument document);
  void take_file(const std::string& origin, ImportedFile file);
  void take_next(Folder& folder);
  void add_folder(const base::Host& host, Folder& folder);
  void add_notes(const std::string& origin, const std::vector<LineNote>& rejected,
                 const std::vector<LineNote>& left_out);
  void reject_impossible(const std::string& day);
  std::string words_for_source(const SnapshotContents* known) const;

  ImportOptions options_;
  Gathered gathered_;
  ImportResult result_;
  std::set<std::int64_t> page_numbers_;
  NamedElsewhere named_;
  std::vector<std::string> kinds_;  // What was read, in words, each once.
};

}  // namespace cmvp
