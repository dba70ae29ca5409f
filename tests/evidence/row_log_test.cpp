#include "evidence/row_log.h"

#include "tests/catch.h"

namespace {

using evidence::read_records;
using evidence::Record;

const Record kRecord = {std::int64_t{-7}, std::string("text with \0 in it", 17), nullptr,
                        base::Blob{std::string("\xFF\x00", 2)}, std::string()};

}  // namespace

TEST_CASE("records are read as they were written") {
  const auto log = read_records(evidence::encode(kRecord) + evidence::encode({std::int64_t{1}}));
  CHECK_FALSE(log.damaged);
  REQUIRE(log.records.size() == 2);
  CHECK((log.records[0] == kRecord));
  CHECK((log.records[1] == Record{std::int64_t{1}}));
}

TEST_CASE("no bytes are no records") {
  CHECK(read_records("").records.empty());
  CHECK_FALSE(read_records("").damaged);
}

TEST_CASE("a log cut anywhere within its last record is damaged and keeps the records before") {
  const std::string first = evidence::encode(kRecord), both = first + first;
  for (std::size_t length = first.size() + 1; length < both.size(); ++length) {
    const auto log = read_records(both.substr(0, length));
    CHECK(log.damaged);
    CHECK(log.records.size() == 1);
  }
}

TEST_CASE("a length beyond the end of the log is not followed") {
  std::string bytes = evidence::encode(kRecord);
  const std::size_t at = GENERATE(std::size_t{0}, std::size_t{7}, std::size_t{18}, std::size_t{25});
  bytes[at] = '\xFF';
  const auto log = read_records(bytes);
  CHECK(log.damaged);
  CHECK(log.records.empty());
}

TEST_CASE("no change of one byte makes a log that cannot be read") {
  const std::string whole = evidence::encode(kRecord) + evidence::encode(kRecord);
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      std::string bytes = whole;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
      const auto log = read_records(bytes);
      CHECK((log.damaged || !log.records.empty()));
    }
}

TEST_CASE("a record that does not fit is lost and the memory says so") {
  base::SharedMemory memory(64);
  evidence::RowLog log(memory);
  log.append({std::int64_t{1}});
  log.append({std::string(100, 'x')});
  CHECK(memory.full());
  CHECK(read_records(memory.contents()).records.size() == 1);
}
