#include "evidence/row_log.h"

#include <cstring>

namespace evidence {
namespace {

using base::Value;

// A record is its length, then its cells; a cell is a tag, then eight bytes (an integer, or the
// length of the bytes that follow). Numbers are in the order of this machine's bytes.
enum Tag : char { kNull, kInteger, kText, kBlob };

void put_number(std::string& out, std::uint64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof number);
}

void put_bytes(std::string& out, Tag tag, std::string_view bytes) {
  out += tag;
  put_number(out, bytes.size());
  out += bytes;
}

void put(std::string& out, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    out += kInteger;
    put_number(out, static_cast<std::uint64_t>(*number));
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    put_bytes(out, kText, *text);
  } else if (const auto* blob = std::get_if<base::Blob>(&value)) {
    put_bytes(out, kBlob, blob->bytes);
  } else {
    out += kNull;
  }
}

// Reads from bytes that a module under test may have scribbled over.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }

  bool number(std::uint64_t& value) {
    if (bytes_.size() < sizeof value) return false;
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return true;
  }

  bool take(std::uint64_t length, std::string_view& part) {
    if (length > bytes_.size()) return false;
    part = bytes_.substr(0, static_cast<std::size_t>(length));
    bytes_.remove_prefix(part.size());
    return true;
  }

  bool cell(Value& value) {
    std::string_view tag, part;
    std::uint64_t number = 0;
    if (!take(1, tag)) return false;
    if (tag[0] == kNull) return value = nullptr, true;
    if (!this->number(number)) return false;
    if (tag[0] == kInteger) return value = static_cast<std::int64_t>(number), true;
    if ((tag[0] != kText && tag[0] != kBlob) || !take(number, part)) return false;
    if (tag[0] == kText)
      value = std::string(part);
    else
      value = base::Blob{std::string(part)};
    return true;
  }

 private:
  std::string_view bytes_;
};

bool read_record(std::string_view bytes, Record& record) {
  Reader reader(bytes);
  while (!reader.empty()) {
    Value value;
    if (!reader.cell(value)) return false;
    record.push_back(std::move(value));
  }
  return !record.empty();
}

}  // namespace

std::string encode(const Record& record) {
  std::string cells, result;
  for (const Value& value : record) put(cells, value);
  put_number(result, cells.size());
  return result + cells;
}

void RowLog::append(const Record& record) { memory_.append(encode(record)); }

Records read_records(std::string_view bytes) {
  Records result;
  Reader reader(bytes);
  while (!reader.empty()) {
    std::uint64_t length = 0;
    std::string_view part;
    Record record;
    if (!reader.number(length) || !reader.take(length, part) || !read_record(part, record)) {
      result.damaged = true;
      break;
    }
    result.records.push_back(std::move(record));
  }
  return result;
}

}  // namespace evidence
