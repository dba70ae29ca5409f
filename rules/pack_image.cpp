#include "rules/pack_image.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "evidence/base/error.h"

namespace rules {
namespace {

// Both directions go over the same fields in the same order: `fields` below, told once.
class Writer {
 public:
  template <class... Field>
  void operator()(Field&... field) {
    (put(field), ...);
  }
  std::string take() { return std::move(bytes_); }

 private:
  void put_number(std::uint64_t number) {
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void put(std::string& text) {
    put_number(text.size());
    bytes_ += text;
  }
  template <class T>
  requires(std::is_enum_v<T> || std::is_same_v<T, bool>) void put(T& value) {
    put_number(static_cast<std::uint64_t>(value));
  }
  template <class T>
  void put(std::vector<T>& list) {
    put_number(list.size());
    for (T& each : list) put(each);
  }
  template <class T>
  requires std::is_class_v<T>
  void put(T& value) { fields(*this, value); }

  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class... Field>
  void operator()(Field&... field) {
    (get(field), ...);
  }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view take(std::uint64_t size) {
    if (size > bytes_.size())
      throw base::Error(base::ErrorKind::internal, "the image of a rule pack ends too early");
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  std::uint64_t number() {
    std::uint64_t number = 0;
    std::memcpy(&number, take(sizeof number).data(), sizeof number);
    return number;
  }
  void get(std::string& text) { text = take(number()); }
  template <class T>
  requires(std::is_enum_v<T> || std::is_same_v<T, bool>) void get(T& value) {
    value = static_cast<T>(number());
  }
  // Each of a list takes at least a byte, so a size that is too large does not reserve memory.
  template <class T>
  void get(std::vector<T>& list) {
    const std::uint64_t size = number();
    list.reserve(std::min<std::uint64_t>(size, bytes_.size()));
    for (std::uint64_t i = 0; i < size; ++i) get(list.emplace_back());
  }
  template <class T>
  requires std::is_class_v<T>
  void get(T& value) { fields(*this, value); }

  std::string_view bytes_;
};

template <class Archive>
void fields(Archive& archive, Citation& cite) {
  archive(cite.standard, cite.clause, cite.says, cite.from_memory);
}

template <class Archive>
void fields(Archive& archive, Need& need) {
  archive(need.table, need.when_empty, need.reason, need.whole_table, need.or_table);
}

template <class Archive>
void fields(Archive& archive, Rule& rule) {
  archive(rule.id, rule.area, rule.severity, rule.subject, rule.rung, rule.on_every_ladder,
          rule.title_pass, rule.title_fail, rule.question, rule.citations, rule.rationale,
          rule.remedy, rule.needs, rule.not_applicable, rule.unknown, rule.violations,
          rule.evidence, rule.origin);
}

template <class Archive>
void fields(Archive& archive, SubjectKind& kind) {
  archive(kind.name, kind.sql, kind.column);
}

template <class Archive>
void fields(Archive& archive, ReferenceData& data) {
  archive(data.table, data.csv, data.origin);
}

template <class Archive>
void fields(Archive& archive, View& view) {
  archive(view.name, view.sql, view.origin);
}

template <class Archive>
void fields(Archive& archive, TableOfPack& table) {
  archive(table.id, table.title, table.lead, table.columns, table.sql, table.origin);
}

template <class Archive>
void fields(Archive& archive, ManualPoint& point) {
  archive(point.heading, point.text, point.citations);
}

template <class Archive>
void fields(Archive& archive, Requirement& requirement) {
  archive(requirement.id, requirement.area, requirement.says, requirement.levels,
          requirement.applies, requirement.reach, requirement.shows, requirement.remains,
          requirement.from_memory, requirement.origin);
}

// What a pack is told when it is loaded is left out.
template <class Archive>
void fields(Archive& archive, Pack& pack) {
  archive(pack.id, pack.version, pack.title, pack.digest, pack.claims, pack.subjects,
          pack.reference, pack.views, pack.tables, pack.rules, pack.manual,
          pack.requirement_standard, pack.requirements);
}

}  // namespace

std::string pack_image(const Pack& pack) {
  Pack copy = pack;
  Writer writer;
  writer(copy);
  return writer.take();
}

Pack read_pack_image(std::string_view image) {
  Pack pack;
  Reader reader(image);
  reader(pack);
  if (!reader.at_end())
    throw base::Error(base::ErrorKind::internal, "the image of a rule pack does not end");
  return pack;
}

}  // namespace rules
