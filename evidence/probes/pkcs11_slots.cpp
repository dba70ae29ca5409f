#include "evidence/probes/pkcs11_slots.h"

#include <algorithm>

#include "evidence/probes/pkcs11_tables.h"

namespace evidence::probes {
namespace {

// A module serves that many programs at the same time, if it serves more than one.
constexpr std::size_t kAtOnce = 8;

// A slot to be read.
struct Slot {
  std::string number;
  bool listed = false;  // Among those with a token.
};

std::vector<Slot> slots_left(base::Database& db, const std::string& module) {
  std::vector<Slot> slots;
  auto query = db.prepare(
      "SELECT slot, token_listed FROM pkcs11_slot_list WHERE module = ? AND apart = 1"
      " ORDER BY position");
  query.bind(1, module);
  while (query.step()) slots.push_back({query.text(0), query.integer(1) == 1});
  return slots;
}

std::set<std::string> tokens_on_record(base::Database& db) {
  std::set<std::string> tokens;
  auto query = db.prepare("SELECT token FROM pkcs11_token");
  while (query.step()) tokens.insert(query.text(0));
  return tokens;
}

// The cells of a row are column and value in turn (evidence/row_log.h).
bool is_row_of(const Record& record, const std::string& table) {
  constexpr std::size_t kTable = 2, kCells = 4;
  return record.size() > kCells && record[0] == kind(RecordKind::row) &&
         record[kTable] == base::Value(table);
}

bool names_a_token_of(const Record& record, const std::set<std::string>& tokens) {
  for (std::size_t i = 4; i + 1 < record.size(); i += 2) {
    const auto* value = std::get_if<std::string>(&record[i + 1]);
    if (record[i] == base::Value(std::string("token")) && value != nullptr)
      return tokens.contains(*value);
  }
  return false;
}

class Reading {
 public:
  Reading(const SlotReading& how, const Pkcs11Target& target) : how_(how), target_(target) {}

  void read(const std::vector<Slot>& slots) {
    std::vector<IsolatedProbe> probes;
    for (const Slot& slot : slots) probes.push_back(probe_of(slot));
    const auto start = [&](const std::vector<std::size_t>& places,
                           const std::vector<base::SharedMemory>& logs,
                           const std::vector<std::set<std::string>>& skip) {
      return run_together(slots, places, logs, skip);
    };
    const auto all = attempt_together(probes, start);
    for (std::size_t i = 0; i < slots.size(); ++i)
      merge_attempts(probes[i], is_sound(all[i]) ? all[i] : attempt(probes[i]), how_.db, how_.run,
                     how_.time);
  }

 private:
  IsolatedProbe probe_of(const Slot& slot) const {
    const Place place = {pkcs11_slot_tables(), "", target_.module_path,
                         "slot " + slot.number + ", read in a child process"};
    const auto alone = [this, slot](base::SharedMemory& log, const std::set<std::string>& skip) {
      const ForeignStart how = start_of(slot, skip, log.descriptor());
      if (how.program.arguments.empty()) return not_started(how.reason);
      return base::run_program(how.program, log, how_.limits);
    };
    IsolatedProbe probe{"pkcs11-slot", place, alone};
    probe.only_own_tables = true;
    return probe;
  }

  static base::ChildResult not_started(const std::string& reason) {
    return {{base::Ending::Kind::not_started, 0, reason}, {}, {}};
  }

  ForeignStart start_of(const Slot& slot, const std::set<std::string>& skip, int log) const {
    ForeignStart start = probes::start_of(how_.host, Pkcs11Task{target_}, skip, log);
    auto& words = start.program.arguments;
    if (words.empty()) return start;
    words.push_back("--only-slot=" + slot.number);
    if (slot.listed) words.emplace_back("--slot-listed");
    for (const std::string& token : tokens_on_record(how_.db)) words.push_back("--taken=" + token);
    return start;
  }

  std::vector<base::ChildResult> run_together(
      const std::vector<Slot>& slots, const std::vector<std::size_t>& places,
      const std::vector<base::SharedMemory>& logs,
      const std::vector<std::set<std::string>>& skip) const {
    std::vector<ForeignStart> starts;
    for (std::size_t i = 0; i < places.size(); ++i)
      starts.push_back(start_of(slots[places[i]], skip[i], logs[i].descriptor()));
    // Whether the program can be started is the same for all of them.
    if (starts[0].program.arguments.empty())
      return std::vector<base::ChildResult>(places.size(), not_started(starts[0].reason));
    std::vector<base::LoggedProgram> programs;
    for (std::size_t i = 0; i < places.size(); ++i)
      programs.push_back({&starts[i].program, &logs[i]});
    return base::run_programs(programs, how_.limits);
  }

  // False if reading it by itself may tell more: it went by without a word of the slot, or of a
  // token that has a name which is taken by now.
  bool is_sound(const Attempts& attempts) const {
    const Attempt& last = attempts.all.back();
    if (!last.end.finished) return true;
    const auto& records = last.log.records;
    const auto tokens = tokens_on_record(how_.db);
    const auto clashes = [&](const Record& record) {
      return is_row_of(record, "pkcs11_token") && names_a_token_of(record, tokens);
    };
    return std::any_of(records.begin(), records.end(),
                       [](const Record& record) { return is_row_of(record, "pkcs11_slot"); }) &&
           std::none_of(records.begin(), records.end(), clashes);
  }

  const SlotReading& how_;
  const Pkcs11Target& target_;
};

}  // namespace

void read_slots_apart(const SlotReading& reading, const Pkcs11Target& target) {
  const auto slots = slots_left(reading.db, pkcs11_module_key(target.module_path));
  for (std::size_t i = 0; i < slots.size(); i += kAtOnce)
    Reading(reading, target)
        .read({slots.begin() + static_cast<std::ptrdiff_t>(i),
               slots.begin() + static_cast<std::ptrdiff_t>(std::min(i + kAtOnce, slots.size()))});
}

}  // namespace evidence::probes
