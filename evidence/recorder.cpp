#include "evidence/recorder.h"

#include "evidence/base/text.h"

namespace evidence {

using base::Value;

void Source::row(std::string_view table, Basis basis, std::initializer_list<Cell> cells) {
  Record record = {kind(RecordKind::row), id_, std::string(table),
                   static_cast<std::int64_t>(basis)};
  for (const auto& [name, value] : cells) {
    record.emplace_back(std::string(name));
    record.push_back(value);
  }
  log_->append(record);
}

void Source::conclude(Outcome outcome, const std::string& reason) {
  outcome_ = outcome;
  log_->append({kind(RecordKind::outcome), id_, static_cast<std::int64_t>(outcome), reason});
}

void Source::absent(const std::string& reason) { conclude(Outcome::absent, reason); }
void Source::unreadable(const std::string& reason) { conclude(Outcome::unreadable, reason); }
void Source::unsupported(const std::string& reason) { conclude(Outcome::unsupported, reason); }

Source Recorder::source(const Place& place) {
  Source source(log_, next_source_++);
  log_.append({kind(RecordKind::source), source.id_, base::join(place.feeds, " "), place.subject,
               place.locator, place.method, host_.now()});
  return source;
}

Source Recorder::file(const Place& place, std::size_t limit) {
  Source source = this->source(place);
  base::FileText file = host_.read_file(place.locator, limit);
  if (file.seen == base::Seen::absent) source.absent("no such file");
  if (file.seen == base::Seen::unreadable) source.unreadable(file.reason);
  source.text_ = std::move(file.text);
  return source;
}

void Recorder::step(const std::string& name, const Place& place,
                    const std::function<void()>& body) {
  if (skip_.contains(name)) return;
  log_.append({kind(RecordKind::step), name, base::join(place.feeds, " "), place.subject,
               place.locator, place.method, host_.now()});
  body();
  log_.append({kind(RecordKind::step_end), name});
  if (observer_) observer_(name);
}

}  // namespace evidence
