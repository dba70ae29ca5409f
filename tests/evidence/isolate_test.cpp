#include "evidence/isolate.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "evidence/recorder.h"
#include "tests/catch.h"
#include "tests/evidence/evidence_file.h"
#include "tests/probes/fake_host.h"

namespace {

using evidence::Basis;
using evidence::Recorder;
using Body = std::function<void(Recorder&)>;

const evidence::Place kPlace = {{"kernel"}, "host", "the module", "called"};

// Runs `body` as a probe that ends orderly when `body` returns.
base::Database isolated(const Body& body, std::uint64_t memory = std::uint64_t{4} << 30U,
                        const std::vector<evidence::OncePart>& once = {},
                        const std::vector<std::string>& resumed = {}, int restart_limit = 5) {
  base::Database db = tests::empty_evidence();
  const tests::FakeHost host;
  base::ChildLimits limits;
  limits.silence = std::chrono::milliseconds(200);
  limits.memory = memory;
  const auto start = [&](base::SharedMemory& memory_of_log, const std::set<std::string>& skip) {
    return base::run_in_child(
        [&] {
          evidence::RowLog log(memory_of_log);
          Recorder record(log, host, skip);
          body(record);
          log.append({evidence::kind(evidence::RecordKind::finished)});
        },
        memory_of_log, limits);
  };
  evidence::run_isolated(
      {"probe", {{"kernel"}, "host", "the probe", "run"}, start, once, restart_limit, resumed}, db,
      1, 1767225600);
  return db;
}

void note(Recorder& record, const std::string& text) {
  record.source(kPlace).row("kernel", Basis::observed, {{"release", text}});
}

// A probe with something to record before and after one dangerous step.
Body around(const std::function<void()>& dangerous) {
  return [dangerous](Recorder& record) {
    note(record, "before");
    record.step("dangerous", kPlace, dangerous);
    note(record, "after");
  };
}

std::vector<std::string> noted(const base::Database& db) {
  return tests::rows(db, "SELECT release FROM kernel ORDER BY rowid");
}

std::string run_row(const base::Database& db) {
  const auto found = tests::rows(
      db, "SELECT ending, code, last_step, restarts, printed FROM probe_run WHERE probe = 'probe'");
  return found.size() == 1 ? found[0] : std::to_string(found.size()) + " rows";
}

std::vector<std::string> unreadable(const base::Database& db) {
  return tests::rows(db, "SELECT reason FROM source WHERE outcome = 'unreadable' ORDER BY id");
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a probe that comes to its own end leaves its rows and one row of probe_run") {
  const auto db = isolated(around([] {}));
  CHECK(noted(db) == Texts{"before", "after"});
  CHECK(run_row(db) == "finished|||0|0");
  CHECK(unreadable(db).empty());
  CHECK(tests::rows(db, "SELECT name, ending FROM step") == Texts{"dangerous|finished"});
}

TEST_CASE("a step that crashes is on record and what comes after it is seen all the same") {
  const auto db = isolated(around([] { std::raise(SIGSEGV); }));
  CHECK(noted(db) == Texts{"before", "after"});
  CHECK(run_row(db) == "signalled|11|dangerous|1|0");
  REQUIRE(unreadable(db).size() == 1);
  CHECK_THAT(unreadable(db)[0], Catch::Contains("signal 11") && Catch::Contains("\"dangerous\""));
  CHECK(tests::rows(db, "SELECT name FROM step WHERE ending LIKE '%signal 11%'") ==
        Texts{"dangerous"});
}

TEST_CASE("a step that hangs is on record as timed out") {
  const auto db = isolated(around([] { pause(); }));
  CHECK(noted(db) == Texts{"before", "after"});
  CHECK(run_row(db) == "timed out|0|dangerous|1|0");
  CHECK_THAT(unreadable(db).at(0), Catch::Contains("until its time was up"));
}

TEST_CASE("a module that ends the process is told from a probe that comes to its end") {
  const int code = GENERATE(0, 3);
  const auto db = isolated(around([code] { _exit(code); }));
  CHECK(noted(db) == Texts{"before", "after"});
  CHECK(run_row(db) == "exited|" + std::to_string(code) + "|dangerous|1|0");
  CHECK_THAT(unreadable(db).at(0), Catch::Contains("which the module did"));
}

TEST_CASE("an abort in a step is on record") {
  CHECK(run_row(isolated(around([] { std::abort(); }))) == "signalled|6|dangerous|1|0");
}

TEST_CASE("what a module prints is kept as an artifact") {
  const auto db = isolated(around([] {
    std::printf("out");
    std::fflush(stdout);
    std::fprintf(stderr, "error");
  }));
  CHECK(run_row(db) == "finished|||0|8");
  CHECK(tests::rows(db, "SELECT name, CAST(content AS TEXT) FROM artifact ORDER BY name") ==
        Texts{"probe.stderr|error", "probe.stdout|out"});
}

TEST_CASE("what a module prints before it crashes is kept too") {
  const auto db = isolated(around([] {
    std::fprintf(stderr, "last words");
    std::abort();
  }));
  CHECK(tests::rows(db, "SELECT CAST(content AS TEXT) FROM artifact") == Texts{"last words"});
  CHECK(tests::rows(db, "SELECT printed FROM probe_run") == Texts{"10"});
}

TEST_CASE("a probe with too many poisoned steps is given up and what it saw is kept") {
  int starts = 0;
  const auto db = isolated([&starts](Recorder& record) {
    note(record, "before");
    for (int step = 0; step < 10; ++step)
      record.step("step " + std::to_string(step), kPlace, [] { std::abort(); });
    note(record, "after");
    ++starts;
  });
  CHECK(noted(db) == Texts{"before"});
  CHECK(run_row(db) == "signalled|6|step 0|5|0");
  CHECK(unreadable(db).size() >= static_cast<std::size_t>(evidence::kRestartLimit) + 1);
  CHECK(starts == 0);  // Each attempt ran in a process of its own.
}

TEST_CASE("a probe that is given up leaves a source unreadable for all that it feeds") {
  const auto db = isolated([](Recorder& record) {
    const evidence::Place elsewhere = {{"processor"}, "host", "the module", "called"};
    for (int step = 0; step < 10; ++step)
      record.step("step " + std::to_string(step), elsewhere, [] { std::abort(); });
  });
  CHECK(tests::rows(db,
                    "SELECT DISTINCT f.table_name FROM source_feed f, source s"
                    " WHERE f.source = s.id AND s.outcome = 'unreadable' ORDER BY 1") ==
        Texts{"kernel", "processor"});
}

TEST_CASE("a probe that fails outside of any step is unreadable as a whole") {
  const auto db = isolated([](Recorder& record) {
    note(record, "before");
    std::raise(SIGSEGV);
  });
  CHECK(noted(db) == Texts{"before"});
  CHECK(run_row(db) == "signalled|11||0|0");
  CHECK(unreadable(db).size() == 1);
}

TEST_CASE("a probe that cannot be started is on record with the reason") {
  base::Database db = tests::empty_evidence();
  evidence::run_isolated(
      {"probe",
       {{"kernel"}, "", "the probe", "run"},
       [](base::SharedMemory&, const std::set<std::string>&) {
         return base::ChildResult{{base::Ending::Kind::not_started, 0, "no loader"}, {}, {}};
       }},
      db, 1, 0);
  CHECK(tests::rows(db, "SELECT ending FROM probe_run") == Texts{"not started"});
  CHECK_THAT(unreadable(db).at(0), Catch::Contains("no loader"));
}

#ifndef __SANITIZE_ADDRESS__  // Which takes address space without bound, so none is set there.
TEST_CASE("a step that asks for more memory than it may have does not take the machine down") {
  const auto db = isolated(around([] {
                             for (int i = 0; i < 640; ++i)
                               if (std::malloc(std::size_t{1} << 20U) == nullptr) std::abort();
                           }),
                           std::uint64_t{512} << 20U);
  CHECK(noted(db) == Texts{"before", "after"});
  const std::string row = run_row(db);
  CHECK((row == "signalled|6|dangerous|1|0" || row == "finished|||0|0"));
}
#endif

TEST_CASE("a step that closes every file does not cut the probe off") {
  const auto db = isolated(around([] {
    for (int descriptor = 0; descriptor < 256; ++descriptor) close(descriptor);
  }));
  CHECK(noted(db) == Texts{"before", "after"});
  CHECK(run_row(db) == "finished|||0|0");
}

TEST_CASE("a step that floods the log damages its own probe alone") {
  const auto db = isolated([](Recorder& record) {
    note(record, "before");
    const std::string large(evidence::kLogCapacity, 'x');
    record.source(kPlace).row("processor", Basis::listed, {{"model", large}});
    note(record, "after");
  });
  CHECK(noted(db) == Texts{"before"});
  CHECK_FALSE(unreadable(db).empty());  // A slow machine may end it for its silence, too.
}

TEST_CASE("a probe that ended after a step that is taken once is not started again") {
  const auto db = isolated(
      [](Recorder& record) {
        record.step("login of a token", kPlace, [] {});
        note(record, "started");
        record.step("dangerous", kPlace, [] { std::abort(); });
        note(record, "after");
      },
      std::uint64_t{4} << 30U, {{"login", {{"processor"}, "host", "the probe", "run"}}});
  CHECK(noted(db) == Texts{"started"});
  CHECK(run_row(db) == "signalled|6|dangerous|0|0");
  CHECK(tests::rows(db,
                    "SELECT f.table_name FROM source s JOIN source_feed f ON f.source = s.id"
                    " WHERE s.reason LIKE '%taken once in a run'") == Texts{"processor"});
  CHECK(tests::rows(db, "SELECT name || ' ' || (ending = 'finished') FROM step ORDER BY rowid") ==
        Texts{"dangerous 0", "login of a token 1"});
}

TEST_CASE("probes that are run together are started again each for itself") {
  const std::vector<evidence::IsolatedProbe> probes = {{"one", kPlace, nullptr},
                                                       {"two", kPlace, nullptr}};
  std::vector<std::size_t> rounds;
  const tests::FakeHost host;
  const auto start = [&](const std::vector<std::size_t>& places, auto& logs, auto& skip) {
    std::vector<base::ChildResult> results;
    for (std::size_t i = 0; i < places.size(); ++i) {
      rounds.push_back(places[i]);
      base::SharedMemory log = base::SharedMemory::inherited(dup(logs[i].descriptor()));
      results.push_back(base::run_in_child(
          [&] {
            evidence::RowLog rows(log);
            Recorder record(rows, host, skip[i]);
            note(record, probes[places[i]].name);
            record.step("dangerous", kPlace, [&] { places[i] == 0 ? std::abort() : void(); });
            rows.append({evidence::kind(evidence::RecordKind::finished)});
          },
          log, {}));
    }
    return results;
  };
  const auto attempts = evidence::attempt_together(probes, start);
  CHECK(rounds == std::vector<std::size_t>{0, 1, 0});
  base::Database db = tests::empty_evidence();
  for (std::size_t i = 0; i < probes.size(); ++i)
    evidence::merge_attempts(probes[i], attempts[i], db, 1, 1767225600);
  CHECK(noted(db) == Texts{"one", "two"});
  CHECK(tests::rows(db, "SELECT probe, ending, restarts FROM probe_run ORDER BY rowid") ==
        Texts{"one|signalled|1", "two|finished|0"});
}

TEST_CASE("a probe that had read all behind the step taken once leaves only the rest unread") {
  const auto db = isolated(
      [](Recorder& record) {
        record.step("login of a token", kPlace, [] {});
        record.step("last words", kPlace, [] {});
        record.step("dangerous", kPlace, [] { std::abort(); });
      },
      std::uint64_t{4} << 30U,
      {{"login", {{"processor"}, "host", "the probe", "run"}}, {"last", {{"kernel"}, "", "", ""}}});
  CHECK(tests::rows(db,
                    "SELECT f.table_name FROM source s JOIN source_feed f ON f.source = s.id"
                    " WHERE s.reason LIKE '%taken once in a run'") == Texts{"kernel"});
}

TEST_CASE("a probe that ended before the step that is taken once is started again") {
  const auto db = isolated(
      [](Recorder& record) {
        record.step("dangerous", kPlace, [] { std::abort(); });
        record.step("login of a token", kPlace, [] {});
        note(record, "after");
      },
      std::uint64_t{4} << 30U, {{"login", {{"processor"}, "host", "the probe", "run"}}});
  CHECK(noted(db) == Texts{"after"});
  CHECK(run_row(db) == "signalled|6|dangerous|1|0");
}

// A probe that opens something at every start and then does services, of which some are fatal.
Body services(const std::set<int>& fatal) {
  return [fatal](Recorder& record) {
    record.step("open", kPlace, [&] {
      record.source({{"processor"}, "host", "opened", "called"})
          .row("processor", Basis::observed, {{"model", "again"}});
    });
    for (int i = 0; i < 12; ++i)
      record.step("service " + std::to_string(i), kPlace, [&] {
        if (fatal.contains(i)) std::abort();
        note(record, "service " + std::to_string(i));
      });
  };
}

TEST_CASE(
    "steps that stand for themselves stay on record however many others bring the process down") {
  const auto db =
      isolated(services({1, 2, 4, 5, 7, 8, 10}), std::uint64_t{4} << 30U, {}, {"service "}, 30);
  CHECK(noted(db) == Texts{"service 0", "service 3", "service 6", "service 9", "service 11"});
  CHECK(run_row(db) == "signalled|6|service 1|7|0");
  CHECK(unreadable(db).size() == 7);
  CHECK(
      tests::rows(db, "SELECT name FROM step WHERE ending = 'finished' AND name LIKE 'service%'") ==
      noted(db));
  CHECK(tests::rows(db, "SELECT count(*) FROM step WHERE name LIKE 'service%'") == Texts{"12"});
}

TEST_CASE("a probe of steps that stand for themselves writes to no table but its own") {
  const auto db = isolated(services({}), std::uint64_t{4} << 30U, {}, {"service "});
  CHECK(noted(db).size() == 12);
  CHECK(tests::rows(db, "SELECT count(*) FROM processor") == Texts{"0"});
}

TEST_CASE("a probe of steps that stand for themselves says what was lost when it is given up") {
  const auto db = isolated(services({0, 1, 2, 3}), std::uint64_t{4} << 30U, {}, {"service "}, 2);
  CHECK(noted(db).empty());
  CHECK_THAT(unreadable(db).back(), Catch::Contains("it was not started again"));
}
