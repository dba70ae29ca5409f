#include "cmvp/detail_page.h"

#include <algorithm>
#include <set>

#include "cmvp/algorithm_name.h"
#include "cmvp/field.h"
#include "cmvp/label.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr const char* kOrigin = "certificate page";

bool is_column(const Element& element) {
  return element.attribute("class").find("col-md-") != std::string::npos;
}

// The number behind "#" in the heading "Certificate #4985".
std::optional<std::int64_t> number_in(const std::string& text) {
  const auto at = text.find("Certificate #");
  if (at == std::string::npos) return std::nullopt;
  const auto begin = at + 13;
  const auto end = text.find_first_not_of("0123456789", begin);
  return base::parse_integer(
      std::string_view(text).substr(begin, end == std::string::npos ? end : end - begin));
}

std::optional<std::int64_t> heading_number(const Page& page) {
  for (const char* tag : {"h1", "h2", "h3", "h4", "title"})
    for (const Element& heading : page.root().all(tag))
      if (const auto number = number_in(clean_field(heading.text()))) return number;
  return std::nullopt;
}

std::optional<std::int64_t> file_number(const std::string& file_name) {
  const auto end = file_name.find_first_not_of("0123456789");
  return base::parse_integer(std::string_view(file_name).substr(0, end));
}

// Reads the fields of one page.
class Reader {
 public:
  Reader(const Page& page, Labels labels, DetailPage& result)
      : page_(page), labels_(std::move(labels)), result_(result) {}

  std::string text(const std::string& label) {
    return labelled_text(labels_, label, result_.left_out);
  }

  std::string required(const std::string& label) {
    const std::size_t before = result_.left_out.size();
    std::string value = text(label);
    if (!value.empty()) return value;
    page_.unexpected(result_.left_out.size() > before ? result_.left_out.back().text
                                                      : "there is no \"" + label + "\"");
  }

  std::vector<std::string> lines(const std::string& label) {
    std::vector<std::string> result;
    const auto found = labels_.find(label);
    if (found == labels_.end()) return result;
    const std::string value = found->second.text();
    for (const auto line : base::lines(value)) {
      if (line.size() > kFieldLimit) {
        odd(label + " has a line longer than " + std::to_string(kFieldLimit) + " bytes");
      } else if (std::string item = clean_field(line);
                 !item.empty() && base::lower(item) != "n/a") {
        result.push_back(std::move(item));
      }
    }
    return result;
  }

  std::string date(const std::string& label) {
    const std::string value = text(label);
    if (value.empty()) return {};
    if (auto day = us_date(value)) return *day;
    odd(label + " is no date: " + value.substr(0, 40));
    return {};
  }

  std::optional<Element> value(const std::string& label) const {
    const auto found = labels_.find(label);
    return found == labels_.end() ? std::nullopt : std::optional(found->second);
  }

  void odd(const std::string& what) { result_.left_out.push_back({0, what}); }

 private:
  const Page& page_;
  Labels labels_;
  DetailPage& result_;
};

// The panel after the heading "Vendor": its link if there is one, else its first line.
std::string vendor_of(const Page& page, Reader& reader) {
  bool vendor_next = false;
  for (const Element& each : page.root().all(
           [](const Element& e) { return e.tag() == "h4" || e.has_class("panel-body"); })) {
    if (each.tag() == "h4") {
      vendor_next = clean_field(each.text()) == "Vendor";
      continue;
    }
    if (!vendor_next) continue;
    const std::string text = each.text();
    const auto lines = base::lines(text);
    std::string vendor = lines.empty() ? "" : clean_field(lines.front());
    for (const Element& link : each.all("a"))
      if (std::string name = clean_field(link.text()); !name.empty() && !is_hidden_mail(name)) {
        vendor = std::move(name);
        break;
      }
    if (vendor.size() > kFieldLimit || is_hidden_mail(vendor)) {
      reader.odd("vendor is a hidden mail address or too long");
      return {};
    }
    return vendor;
  }
  return {};
}

void read_history(const Page& page, Reader& reader, Certificate& c) {
  for (const Element& row : page.root().all("tr")) {
    const auto cells = row.all("td");
    if (cells.size() != 3) continue;
    const std::string kind = base::lower(clean_field(cells[1].text()));
    if (kind != "initial" && kind != "update") continue;
    if (auto day = us_date(cells[0].text())) {
      c.validation_dates.push_back(std::move(*day));
    } else {
      reader.odd("validation history has no date: " + clean_field(cells[0].text()).substr(0, 40));
    }
    c.laboratory = clean_field(cells[2].text()).substr(0, 200);
  }
  for (const std::string& line : reader.lines("validation dates"))
    if (auto day = us_date(line)) c.validation_dates.push_back(std::move(*day));
  std::sort(c.validation_dates.begin(), c.validation_dates.end());
  c.validation_dates.erase(std::unique(c.validation_dates.begin(), c.validation_dates.end()),
                           c.validation_dates.end());
}

void read_versions(Reader& reader, Certificate& c) {
  for (const std::string kind : {"software", "firmware", "hardware"}) {
    const std::string value = base::join(reader.lines(kind + " versions"), ", ");
    if (!value.empty()) c.recorded_versions.push_back({kind, value, kOrigin});
  }
}

std::string certificates_in(const Element& cell) {
  std::vector<std::string> numbers;
  for (const Element& link : cell.all("a")) numbers.push_back(clean_field(link.text()));
  const std::string text = clean_field(cell.text());
  return numbers.empty() ? text : base::join(numbers, " ");
}

void add_algorithm(Certificate& c, std::string name, std::string validation) {
  if (name.empty() || name.size() > kFieldLimit || validation.size() > kFieldLimit) return;
  c.algorithms.push_back({std::move(name), std::move(validation)});
}

AlgorithmShape read_algorithms(const Page& page, Reader& reader, Certificate& c) {
  if (const auto table = page.root().by_id("fips-algo-table")) {
    for (const Element& row : table->all("tr"))
      if (const auto cells = row.all("td"); cells.size() >= 2)
        add_algorithm(c, clean_field(cells[0].text()), certificates_in(cells[1]));
    return c.algorithms.empty() ? AlgorithmShape::none : AlgorithmShape::table;
  }
  const auto grid = reader.value("approved algorithms");
  if (!grid) return AlgorithmShape::none;
  const auto cells = grid->all([](const Element& each) {
    return each.tag() == "div" && is_column(each) && each.all("div").empty();
  });
  for (std::size_t i = 0; i + 1 < cells.size(); i += 2)
    add_algorithm(c, clean_field(cells[i].text()), certificates_in(cells[i + 1]));
  return c.algorithms.empty() ? AlgorithmShape::none : AlgorithmShape::grid;
}

void read_level(Reader& reader, Certificate& c) {
  const std::string text = reader.text("overall level");
  if (text.empty()) return;
  const auto level = base::parse_integer(text);
  if (level && *level >= 1 && *level <= 4) {
    c.overall_level = level;
  } else {
    reader.odd("overall level is no number from 1 to 4: " + text.substr(0, 40));
  }
}

// "Physical Security: N/A", one a line.
void read_level_exceptions(Reader& reader, Certificate& c) {
  for (const std::string& line : reader.lines("security level exceptions")) {
    const auto colon = line.find(':');
    LevelException each{std::string(base::trim(std::string_view(line).substr(0, colon))),
                        colon == std::string::npos
                            ? ""
                            : std::string(base::trim(std::string_view(line).substr(colon + 1)))};
    if (each.area.empty() || each.level.empty()) {
      reader.odd("security level exceptions has a line without area or level: " +
                 line.substr(0, 40));
    } else {
      c.level_exceptions.push_back(std::move(each));
    }
  }
}

// The CAVP numbers of all its algorithms, each once.
void gather_cavp_numbers(Certificate& c) {
  for (const Algorithm& algorithm : c.algorithms)
    for (const auto part : base::split(algorithm.validation, ' '))
      if (is_cavp_number(part) &&
          std::find(c.cavp_numbers.begin(), c.cavp_numbers.end(), part) == c.cavp_numbers.end())
        c.cavp_numbers.emplace_back(part);
}

// The ids in links to CAVP: ".../details?validation=37419". The number A4809 is another one.
std::vector<std::int64_t> validation_ids(const Page& page) {
  constexpr std::string_view kMark = "details?validation=";
  std::set<std::int64_t> ids;
  for (const Element& link : page.root().all("a")) {
    const std::string address = link.attribute("href");
    const auto at = address.find(kMark);
    if (at == std::string::npos) continue;
    const std::string_view rest = std::string_view(address).substr(at + kMark.size());
    const auto end = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (const auto id = base::parse_integer(rest.substr(0, end)); id && *id > 0) ids.insert(*id);
  }
  return {ids.begin(), ids.end()};
}

std::string status_of(const Page& page, Reader& reader) {
  std::string status = reader.required("status");
  if (status != "Active" && status != "Historical" && status != "Revoked")
    page.unexpected("status is \"" + status.substr(0, 40) +
                    "\", not Active, Historical or Revoked");
  return status;
}

std::string embodiment_of(Reader& reader) {
  std::string text = base::lower(reader.text("embodiment"));
  for (const auto& [page, ours] : {std::pair{"multi-chip stand alone", "multi-chip standalone"},
                                   {"multi-chip standalone", "multi-chip standalone"},
                                   {"multi-chip embedded", "multi-chip embedded"},
                                   {"single chip", "single-chip"}})
    if (text == page) return ours;
  return text;
}

std::int64_t number_of(const Page& page, const std::string& file_name) {
  const auto heading = heading_number(page);
  const auto file = file_number(file_name);
  const auto number = heading ? heading : file;
  if (!number || *number < 1 || *number > kHighestNumber)
    page.unexpected(
        "neither a heading \"Certificate #…\" nor the file name says which certificate it is of");
  if (heading && file && *heading != *file)
    page.unexpected("it is of certificate #" + std::to_string(*heading) + ", the file is called " +
                    file_name);
  return *number;
}

}  // namespace

std::vector<std::string> flags_of_caveat(const std::string& caveat) {
  const std::string text = base::lower(caveat);
  const auto has = [&](const char* words) { return text.find(words) != std::string::npos; };
  const bool names_certificate = has("cert. #") || has("certificate #") || has("certs. #");
  std::vector<std::string> flags;
  const auto flag = [&](bool is_there, const char* name) {
    if (is_there) flags.emplace_back(name);
  };
  flag(has("operated in fips") || has("operated in approved mode") ||
           has("operated in the approved mode"),
       "approved_mode_required");
  flag(names_certificate, "bound_modules");
  flag(has("configured as") || has("initialized as") || has("installed as specified") ||
           has("and configured per"),
       "configuration_required");
  flag(has("embedded module"), "embedded_module");
  flag(has("modified by available entropy"), "entropy_limits_strength");
  flag(has("interim validation"), "interim_validation");
  flag(has("no assurance") && has("externally loaded"), "no_assurance_externally_loaded");
  flag(has("no assurance of the minimum strength"), "no_assurance_min_strength_generated");
  flag(has("tamper evident") || has("tamper-evident") || has("tamper evidence"),
       "tamper_seals_required");
  return flags;
}

std::vector<Relation> relations_of_caveat(const std::string& caveat, std::int64_t own) {
  std::vector<Relation> relations;
  std::size_t from = 0;
  for (std::size_t at = caveat.find('#'); at != std::string::npos; at = caveat.find('#', at + 1)) {
    const auto end = std::min(caveat.find_first_not_of("0123456789", at + 1), caveat.size());
    const auto number = base::parse_integer(std::string_view(caveat).substr(at + 1, end - at - 1));
    const std::string before = base::lower(std::string_view(caveat).substr(from, at - from));
    from = at;
    if (!number || *number < 1 || *number > kHighestNumber || *number == own) continue;
    if (before.find("cert") == std::string::npos) continue;
    const bool embedded = before.find("embedded module") != std::string::npos;
    const bool validated = before.find("validated to fips") != std::string::npos;
    relations.push_back({embedded ? "embeds" : validated ? "operates_with" : "mentions", *number});
  }
  return relations;
}

bool is_detail_page(const Page& page) {
  const Labels labels = labels_of(page);
  return labels.contains("module name") && !labels.contains("noise source") &&
         (labels.contains("standard") || labels.contains("status"));
}

DetailPage read_detail_page(const Page& page, const std::string& file_name) {
  DetailPage result;
  Reader reader(page, labels_of(page), result);
  Certificate& c = result.certificate;
  c.number = number_of(page, file_name);
  c.name = reader.required("module name");
  c.standard = reader.required("standard");
  c.status = status_of(page, reader);
  c.vendor = vendor_of(page, reader);
  c.sunset_date = reader.date("sunset date");
  read_level(reader, c);
  c.module_type = reader.text("module type");
  c.embodiment = embodiment_of(reader);
  c.caveat = reader.text("caveat");
  c.caveat_flags = flags_of_caveat(c.caveat);
  c.relations = relations_of_caveat(c.caveat, c.number);
  read_history(page, reader, c);
  read_versions(reader, c);
  for (std::string& line : reader.lines("tested configuration(s)"))
    c.environments.push_back({std::move(line), kOrigin});
  read_level_exceptions(reader, c);
  result.shape = read_algorithms(page, reader, c);
  if (!c.algorithms.empty()) c.algorithms_read = "whole";
  gather_cavp_numbers(c);
  c.entropy = reader.lines("entropy");
  result.validation_ids = validation_ids(page);
  return result;
}

}  // namespace cmvp
