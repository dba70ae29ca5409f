#include "evidence/isolate.h"

#include <algorithm>

namespace evidence {
namespace {

using base::Ending;

Attempt attempt_of(base::ChildResult child, const base::SharedMemory& memory) {
  Attempt result{std::move(child), read_records(memory.contents()), {}};
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
  return std::any_of(log.records.begin(), log.records.end(), [&](const Record& record) {
    if (record.size() < 2 || record[0] != kind(RecordKind::step)) return false;
    const auto* name = std::get_if<std::string>(&record[1]);
    return name != nullptr && name->starts_with(prefix);
  });
}

// The last of the parts that are done once of which a step was begun; null if there is none.
const OncePart* last_part(const IsolatedProbe& probe, const Records& log) {
  const OncePart* last = nullptr;
  for (const OncePart& part : probe.once)
    if (began(log, part.prefix)) last = &part;
  return last;
}

// The runs of one probe so far, and what the next one is to leave out.
class Attempting {
 public:
  explicit Attempting(const IsolatedProbe& probe) : probe_(probe), skip_(probe.skip) {}

  bool is_over() const { return over_; }
  const std::set<std::string>& skip() const { return skip_; }
  Attempts take_all() { return std::move(attempts_); }

  void add(Attempt attempt) {
    attempts_.all.push_back(std::move(attempt));
    const Attempt& last = attempts_.all.back();
    if (last_part(probe_, last.log) != nullptr) return stop(Stop::once_only);
    if (!poisoned(last)) return stop(Stop::came_to_its_end);
    skip_.insert(last.end.open->name);
    if (static_cast<int>(attempts_.all.size()) > probe_.restart_limit) return stop(Stop::too_often);
    if (!probe_.resumed.empty()) leave_out_what_is_done(last);
  }

 private:
  void stop(Stop why) {
    over_ = true;
    attempts_.stop = why;
  }

  bool stands_for_itself(const std::string& step) const {
    return std::any_of(probe_.resumed.begin(), probe_.resumed.end(),
                       [&](const std::string& beginning) { return step.starts_with(beginning); });
  }

  void leave_out_what_is_done(const Attempt& attempt) {
    for (const std::string& step : ended_steps(attempt.log.records))
      if (stands_for_itself(step)) skip_.insert(step);
  }

  const IsolatedProbe& probe_;
  std::set<std::string> skip_;
  Attempts attempts_;
  bool over_ = false;
};

// Merges what the runs of one probe left.
class Merging {
 public:
  Merging(const IsolatedProbe& probe, const Attempts& attempts, Merger merger, std::int64_t time)
      : probe_(probe), attempts_(attempts), merger_(std::move(merger)), time_(time) {
    if (probe.only_own_tables || !probe.resumed.empty()) merger_.only(probe.place.feeds);
  }

  void merge() {
    const Attempt& last = attempts_.all.back();
    for (const Attempt& attempt : attempts_.all) {
      if (poisoned(attempt)) record_poisoned(attempt);
      // What an attempt got done is not done again.
      if (&attempt != &last && !probe_.resumed.empty())
        merger_.merge(without_open_step(attempt), probe_.place);
    }
    conclude(last, attempts_.stop);
  }

 private:
  void record_poisoned(const Attempt& attempt) {
    const OpenStep& step = *attempt.end.open;
    const std::string reason = reason_words(attempt);
    const auto id = merger_.source(step.place, Outcome::unreadable, reason, time_);
    merger_.step(step, reason, time_);
    keep_printed(id, attempt);
    if (poison_ == nullptr) poison_ = &attempt;
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
      merger_.source(stop == Stop::once_only ? last_part(probe_, last.log)->unread : probe_.place,
                     Outcome::unreadable, reason_words(last) + words_of(stop), time_);
    // The first poisoned attempt tells more than the attempt that went round it.
    const Attempt& telling = poison_ != nullptr ? *poison_ : last;
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
                 {"restarts", static_cast<std::int64_t>(attempts_.all.size() - 1)},
                 {"printed", printed}});
  }

  const IsolatedProbe& probe_;
  const Attempts& attempts_;
  Merger merger_;
  std::int64_t time_;
  const Attempt* poison_ = nullptr;
};

}  // namespace

Attempts attempt(const IsolatedProbe& probe) {
  Attempting attempting(probe);
  while (!attempting.is_over()) {
    base::SharedMemory memory(kLogCapacity);
    base::ChildResult child = probe.start(memory, attempting.skip());
    attempting.add(attempt_of(std::move(child), memory));
  }
  return attempting.take_all();
}

std::vector<Attempts> attempt_together(const std::vector<IsolatedProbe>& probes,
                                       const StartTogether& start) {
  std::vector<Attempting> attempting(probes.begin(), probes.end());
  for (;;) {
    std::vector<std::size_t> places;
    std::vector<base::SharedMemory> logs;
    std::vector<std::set<std::string>> skip;
    for (std::size_t i = 0; i < probes.size(); ++i) {
      if (attempting[i].is_over()) continue;
      places.push_back(i);
      logs.emplace_back(kLogCapacity);
      skip.push_back(attempting[i].skip());
    }
    if (places.empty()) break;
    auto children = start(places, logs, skip);
    for (std::size_t i = 0; i < places.size(); ++i)
      attempting[places[i]].add(attempt_of(std::move(children[i]), logs[i]));
  }
  std::vector<Attempts> all;
  for (Attempting& one : attempting) all.push_back(one.take_all());
  return all;
}

void merge_attempts(const IsolatedProbe& probe, const Attempts& attempts, base::Database& db,
                    std::int64_t run, std::int64_t time) {
  db.execute("SAVEPOINT probe");
  Merging(probe, attempts, Merger(db, run, probe.name), time).merge();
  db.execute("RELEASE probe");
}

void run_isolated(const IsolatedProbe& probe, base::Database& db, std::int64_t run,
                  std::int64_t time) {
  merge_attempts(probe, attempt(probe), db, run, time);
}

}  // namespace evidence
