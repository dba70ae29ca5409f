#include "evidence/recorder.h"

#include "tests/catch.h"
#include "tests/probes/fake_host.h"

namespace {

using evidence::Basis;
using evidence::Outcome;
using evidence::Record;
using evidence::RecordKind;

/// What a probe recorded on a machine made of strings.
struct Recording {
  tests::FakeHost host;
  base::SharedMemory memory{std::size_t{1} << 16U};
  evidence::RowLog log{memory};

  std::vector<Record> records() const { return evidence::read_records(memory.contents()).records; }

  // The outcome recorded last, or observed, which needs no record.
  Outcome outcome() const {
    auto outcome = Outcome::observed;
    for (const Record& record : records())
      if (record[0] == evidence::kind(RecordKind::outcome))
        outcome = static_cast<Outcome>(std::get<std::int64_t>(record[2]));
    return outcome;
  }
  std::string reason() const { return std::get<std::string>(records().back().back()); }
};

const evidence::Place kPlace = {{"kernel", "processor"}, "host", "/etc/file", "read"};

}  // namespace

TEST_CASE("a place is recorded before anything that is found there") {
  Recording recording;
  evidence::Recorder record(recording.log, recording.host);
  record.source(kPlace).row("kernel", Basis::listed, {{"release", std::string("6.1")}});
  const auto records = recording.records();
  REQUIRE(records.size() == 2);
  CHECK((records[0] == Record{evidence::kind(RecordKind::source), std::int64_t{1},
                              std::string("kernel processor"), std::string("host"),
                              std::string("/etc/file"), std::string("read"),
                              std::int64_t{1767225600}}));
  CHECK(
      (records[1] == Record{evidence::kind(RecordKind::row), std::int64_t{1}, std::string("kernel"),
                            std::int64_t{1}, std::string("release"), std::string("6.1")}));
}

TEST_CASE("a file that is read is observed") {
  Recording recording;
  recording.host.files["/etc/file"] = "text";
  const auto file = evidence::Recorder(recording.log, recording.host).file(kPlace);
  CHECK(file.observed());
  CHECK(file.text() == "text");
  CHECK(recording.outcome() == Outcome::observed);
}

TEST_CASE("a file that is not there is absent, which is evidence") {
  Recording recording;
  const auto file = evidence::Recorder(recording.log, recording.host).file(kPlace);
  CHECK(file.outcome() == Outcome::absent);
  CHECK(recording.outcome() == Outcome::absent);
}

TEST_CASE("a file that cannot be read is unreadable, which is none") {
  Recording recording;
  recording.host.refused["/etc/file"] = "permission denied";
  const auto file = evidence::Recorder(recording.log, recording.host).file(kPlace);
  CHECK_FALSE(file.observed());
  CHECK(recording.outcome() == Outcome::unreadable);
  CHECK(recording.reason() == "permission denied");
}

TEST_CASE("a file beyond the limit is unreadable") {
  Recording recording;
  recording.host.files["/etc/file"] = "text";
  CHECK(evidence::Recorder(recording.log, recording.host).file(kPlace, 3).outcome() ==
        Outcome::unreadable);
}

TEST_CASE("a place with no way to look is unsupported, with the reason") {
  Recording recording;
  evidence::Recorder record(recording.log, recording.host);
  record.source(kPlace).unsupported("this library is too old");
  CHECK(recording.outcome() == Outcome::unsupported);
  CHECK(recording.reason() == "this library is too old");
}

TEST_CASE("a step is on record before its body runs and ends after it") {
  Recording recording;
  evidence::Recorder record(recording.log, recording.host);
  record.step("dangerous", kPlace, [&] {
    REQUIRE(recording.records().size() == 1);
    CHECK(recording.records()[0][1] == base::Value(std::string("dangerous")));
  });
  CHECK((recording.records().back() ==
         Record{evidence::kind(RecordKind::step_end), std::string("dangerous")}));
}

TEST_CASE("a step to be skipped does nothing and leaves no record") {
  Recording recording;
  evidence::Recorder record(recording.log, recording.host, {"dangerous"});
  bool ran = false;
  record.step("dangerous", kPlace, [&] { ran = true; });
  CHECK_FALSE(ran);
  CHECK(recording.records().empty());
  record.step("harmless", kPlace, [&] { ran = true; });
  CHECK(ran);
}

TEST_CASE("an optional fact that is not known is null") {
  CHECK(evidence::or_null(std::optional<std::int64_t>()) == base::Value(nullptr));
  CHECK(evidence::or_null(std::optional<std::int64_t>(3)) == base::Value(std::int64_t{3}));
}
