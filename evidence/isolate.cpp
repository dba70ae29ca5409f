#include "evidence/isolate.h"

#include <algorithm>

namespace evidence {
namespace {

using base::Ending;

// Why a probe is not started once more.
enum class Stop { came_to_its_end, too_often, once_only };

struct Attempt {
  base::ChildResult child;
  Records log;
  Merged end;
};

Attempt attempt(const IsolatedProbe& probe, const std::set<std::string>& skip) {
  base::SharedMemory memory(kLogCapacity);
  Attempt result{probe.start(memory, skip), {}, {}};
  result.log = read_records(memory.contents());
  result.log.damaged = result.log.damaged || memory.full();
  result.end = ending_of(result.log.records);
  return result;
}

const char* kind_words(const Attempt& attempt) {
  if (attempt.end.finished && attempt.child.ending.kind == Ending::Kind::exited) return "finished";
  switch (attempt.child.ending.kind) {
    case Ending::Kind::exited:
      return "exited";
    case Ending::Kind::signalled:
      return "signalled";
    case Ending::Kind::timed_out:
      return "timed out";
    case Ending::Kind::not_started:
      break;
  }
  return "not started";
}

// A process that ended by itself with a step open was ended by the code that the step called.
std::string reason_words(const Attempt& attempt) {
  const Ending& ending = attempt.child.ending;
  std::string words = "the process " + base::in_words(ending);
  if (ending.kind == Ending::Kind::exited && attempt.end.open) words += ", which the module did";
  if (attempt.end.open) words += ", in step \"" + attempt.end.open->name + "\"";
  if (!attempt.child.errors.empty() && !attempt.end.open)
    words += ": " + attempt.child.errors.substr(0, 300);
  return words;
}

// What an attempt recorded, but for the step that it ended in, which has a row of its own.
Records without_open_step(const Attempt& attempt) {
  Records log = attempt.log;
  const auto is_step = [](const Record& record) {
    return !record.empty() && record[0] == kind(RecordKind::step);
  };
  if (!attempt.end.open) return log;
  const auto last = std::find_if(log.records.rbegin(), log.records.rend(), is_step);
  if (last != log.records.rend()) log.records.erase(std::next(last).base());
  return log;
}

const char* words_of(Stop stop) {
  switch (stop) {
    case Stop::came_to_its_end:
      break;
    case Stop::too_often:
      return "; it was not started again";
    case Stop::once_only:
      return "; it was not started again, for some of its steps are taken once in a run";
  }
  return "";
}

bool poisoned(const Attempt& attempt) {
  return !attempt.end.finished && attempt.end.open &&
         attempt.child.ending.kind != Ending::Kind::not_started;
}

// True if a step whose name begins with `prefix` was begun.
bool began(const Records& log, const std::string& prefix) {
  if (prefix.empty()) return false;
  return std::any_of(log.records.begin(), log.records.end(), [&](const Record& record) {
    if (record.size() < 2 || record[0] != kind(RecordKind::step)) return false;
    const auto* name = std::get_if<std::string>(&record[1]);
    return name != nullptr && name->starts_with(prefix);
  });
}

class Isolation {
 public:
  Isolation(const IsolatedProbe& probe, base::Database& db, std::int64_t run, std::int64_t time)
      : probe_(probe), merger_(db, run, probe.name), time_(time) {
    if (!probe.resumed.empty()) merger_.only(probe.place.feeds);
  }

  void run() {
    std::set<std::string> skip;
    for (;;) {
      const Attempt last = attempt(probe_, skip);
      const bool once_only = began(last.log, probe_.once.prefix);
      if (!poisoned(last))
        return conclude(last, once_only ? Stop::once_only : Stop::came_to_its_end);
      record_poisoned(last);
      skip.insert(last.end.open->name);
      if (once_only) return conclude(last, Stop::once_only);
      if (restarts_ == probe_.restart_limit) return conclude(last, Stop::too_often);
      ++restarts_;
      if (!probe_.resumed.empty()) keep(last, skip);
    }
  }

 private:
  bool stands_for_itself(const std::string& step) const {
    return std::any_of(probe_.resumed.begin(), probe_.resumed.end(),
                       [&](const std::string& beginning) { return step.starts_with(beginning); });
  }

  // What an attempt got done is not done again.
  void keep(const Attempt& attempt, std::set<std::string>& skip) {
    for (const std::string& step : ended_steps(attempt.log.records))
      if (stands_for_itself(step)) skip.insert(step);
    merger_.merge(without_open_step(attempt), probe_.place);
  }

  void record_poisoned(const Attempt& attempt) {
    const OpenStep& step = *attempt.end.open;
    const std::string reason = reason_words(attempt);
    const auto id = merger_.source(step.place, Outcome::unreadable, reason, time_);
    merger_.step(step, reason, time_);
    keep_printed(id, attempt);
    if (!poison_) poison_ = attempt;
  }

  void keep_printed(std::int64_t source, const Attempt& attempt) {
    if (!attempt.child.output.empty())
      merger_.artifact(source, probe_.name + ".stdout", attempt.child.output);
    if (!attempt.child.errors.empty())
      merger_.artifact(source, probe_.name + ".stderr", attempt.child.errors);
  }

  // What the last attempt recorded is merged: it has seen all that the earlier ones saw, or what
  // they got done was kept.
  void conclude(const Attempt& last, Stop stop) {
    merger_.merge(without_open_step(last), probe_.place);
    // What comes after the last poisoned step was never looked at.
    if (!last.end.finished)
      merger_.source(stop == Stop::once_only ? probe_.once.behind : probe_.place,
                     Outcome::unreadable, reason_words(last) + words_of(stop), time_);
    // The first poisoned attempt tells more than the attempt that went round it.
    const Attempt& telling = poison_ ? *poison_ : last;
    const auto id =
        merger_.source({{"probe_run"}, probe_.name, probe_.place.locator, "run in a child process"},
                       Outcome::observed, "", time_);
    keep_printed(id, last);
    const auto printed =
        static_cast<std::int64_t>(telling.child.output.size() + telling.child.errors.size());
    const bool finished = std::string_view(kind_words(telling)) == "finished";
    merger_.row(id, "probe_run", Basis::observed,
                {{"probe", probe_.name},
                 {"subject", probe_.place.subject},
                 {"ending", std::string(kind_words(telling))},
                 {"code", finished ? base::Value(nullptr)
                                   : base::Value(std::int64_t{telling.child.ending.code})},
                 {"last_step",
                  telling.end.open ? base::Value(telling.end.open->name) : base::Value(nullptr)},
                 {"restarts", std::int64_t{restarts_}},
                 {"printed", printed}});
  }

  const IsolatedProbe& probe_;
  Merger merger_;
  std::int64_t time_;
  int restarts_ = 0;
  std::optional<Attempt> poison_;
};

}  // namespace

void run_isolated(const IsolatedProbe& probe, base::Database& db, std::int64_t run,
                  std::int64_t time) {
  db.execute("SAVEPOINT probe");
  Isolation(probe, db, run, time).run();
  db.execute("RELEASE probe");
}

}  // namespace evidence
