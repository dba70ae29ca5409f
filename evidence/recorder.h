#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/base/host.h"
#include "evidence/row_log.h"

namespace evidence {

/// What came of looking. Absence is evidence; failure to look is not.
enum class Outcome {
  observed,     ///< The place was read; its facts are recorded.
  absent,       ///< The place was looked for and does not exist.
  unreadable,   ///< It may exist, but could not be read or made no sense.
  unsupported,  ///< This build, platform or module has no way to look.
};

/// How strong a fact is.
enum class Basis {
  declared,  ///< A file or a document says so.
  listed,    ///< The module says so of itself.
  observed,  ///< We made it do it, or recomputed it.
};

/// Where a fact comes from.
struct Place {
  std::vector<std::string> feeds;  ///< The tables that what is found here belongs to.
  std::string subject;             ///< What it is about (a module, "host"); "" for all subjects.
  std::string locator;             ///< File, URI or call, e.g. "/etc/ssl/openssl.cnf".
  std::string method;              ///< How, e.g. "read", "OSSL_PROVIDER_load".
};

using Cell = std::pair<std::string_view, base::Value>;

/// The value of an optional fact: NULL when it is not known.
template <class T>
base::Value or_null(const T& value) {
  return value ? base::Value(*value) : base::Value(nullptr);
}

/// One place that was looked at, and the only way to record a fact: no row without provenance.
/// The log it writes to must outlive it.
class Source {
 public:
  Outcome outcome() const { return outcome_; }
  bool observed() const { return outcome_ == Outcome::observed; }
  const std::string& text() const { return text_; }  ///< Contents, when the place is a file.

  /// Records one row of facts. Unknown tables and columns are found when the log is merged.
  void row(std::string_view table, Basis basis, std::initializer_list<Cell> cells);

  /// Puts on record that there is no such place, that its contents made no sense, or that there is
  /// no way to look, each with the reason.
  void absent(const std::string& reason);
  void unreadable(const std::string& reason);
  void unsupported(const std::string& reason);

 private:
  friend class Recorder;
  Source(RowLog& log, std::int64_t id) : log_(&log), id_(id) {}
  void conclude(Outcome outcome, const std::string& reason);

  RowLog* log_;
  std::int64_t id_;
  Outcome outcome_ = Outcome::observed;
  std::string text_;
};

/// What a probe writes to. Log and host must outlive it.
class Recorder {
 public:
  /// `skip` names the steps that brought the process down before and are not tried again.
  Recorder(RowLog& log, const base::Host& host, std::set<std::string> skip = {})
      : log_(log), host_(host), skip_(std::move(skip)) {}

  const base::Host& host() const { return host_; }

  /// Puts a place on record; it counts as observed until its source says otherwise.
  Source source(const Place& place);

  /// Reads a file of the host; absent and unreadable ones are put on record here.
  Source file(const Place& place, std::size_t limit = base::Host::kFileLimit);

  /// Runs `body`, which calls into foreign code, with a note on record before and after it. If the
  /// process ends within, `place` is what stays unreadable. A step to be skipped does nothing.
  void step(const std::string& name, const Place& place, const std::function<void()>& body);

  /// Has `observer` told the name of every step that the process came back from. It may record.
  void after_steps(std::function<void(const std::string& name)> observer) {
    observer_ = std::move(observer);
  }

 private:
  RowLog& log_;
  const base::Host& host_;
  std::set<std::string> skip_;
  std::function<void(const std::string&)> observer_;
  std::int64_t next_source_ = 1;
};

}  // namespace evidence
