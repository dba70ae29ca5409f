#include <algorithm>
#include <list>
#include <set>

#include "evidence/base/csv.h"
#include "evidence/base/digest.h"
#include "evidence/base/error.h"
#include "rules/pack.h"
#include "rules/read_rule.h"
#include "rules/sql.h"
#include "rules/xml_file.h"

namespace rules {
namespace {

constexpr const char* kEntry = "pack.xml";

[[noreturn]] void refuse(const std::string& message) {
  throw base::Error(base::ErrorKind::input, message);
}

// Names are plain, so no path of a pack can leave its folder.
bool plain_file_name(std::string_view name) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  return !name.empty() && name[0] != '.' && name.find_first_not_of(kAllowed) == name.npos;
}

// Over names and contents in the order of names: each name, a zero byte, the SHA-256 of its text in
// hexadecimal, a line feed.
std::string digest_of(const std::vector<PackFile>& files) {
  std::vector<std::string> lines;
  for (const PackFile& file : files)
    lines.push_back(file.name + '\0' + base::sha256(file.text) + '\n');
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line;
  return base::sha256(all);
}

class PackReader {
 public:
  explicit PackReader(const std::vector<PackFile>& files) : files_(files) {
    std::set<std::string> names;
    for (const PackFile& file : files)
      if (!names.insert(file.name).second) refuse(file.name + ": is in the pack twice");
  }

  Pack read() {
    const XmlFile entry(*find(kEntry));
    const pugi::xml_node root = entry.root("pack");
    entry.allow(root, {{"id", "version", "answers"},
                       {"title", "subjects", "reference", "view", "table", "requirements", "area",
                        "manual"}});
    pack_.id = read_pack_id(entry, root);
    pack_.version = entry.attribute(root, "version");
    pack_.claims = answers_claims(entry, root);
    pack_.title = read_title(entry, root);
    for (const auto node : root.children("subjects")) read_subjects(entry, node);
    if (pack_.subjects.empty()) entry.fail(root, "the pack names no <subjects>");
    for (const auto node : root.children("reference")) read_reference(entry, node);
    if (const auto node = entry.single(root, "requirements")) read_list(entry, node);
    for (const auto node : root.children("view")) read_view(entry, node);
    for (const auto node : root.children("table")) read_table(entry, node);
    for (const auto node : root.children("area")) read_area(entry, node);
    for (const auto node : root.children("manual")) read_manual(entry, node);
    if (pack_.rules.empty()) entry.fail(root, "the pack has no rule");
    check_all_read();
    std::vector<PackFile> all = files_;
    for (const PackFile& file : shared_) all.push_back({"reference/" + file.name, file.text});
    pack_.digest = digest_of(all);
    return std::move(pack_);
  }

 private:
  static bool answers_claims(const XmlFile& file, pugi::xml_node root) {
    if (!root.attribute("answers")) return false;
    if (file.attribute(root, "answers") != "claims")
      file.fail(root, "a pack answers=\"claims\", or leaves the attribute out");
    return true;
  }

  const PackFile* find(const std::string& name) const {
    for (const PackFile& file : files_)
      if (file.name == name) return &file;
    refuse(name + ": is not in the pack");
  }

  // As the id of a rule, and with dots: standards have them in their names, e.g. cnsa-2.0.
  static std::string read_pack_id(const XmlFile& file, pugi::xml_node root) {
    std::string id = file.attribute(root, "id");
    if (id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") != id.npos || id[0] == '.')
      file.fail(root, "id \"" + id + "\" has more than a-z, 0-9, - and .");
    return id;
  }

  std::string read_title(const XmlFile& file, pugi::xml_node root) const {
    const pugi::xml_node node = file.required(root, "title");
    file.allow(node, {{}, {}, true});
    std::string title = XmlFile::prose(node);
    if (title.empty()) file.fail(node, "<title> is empty");
    return title;
  }

  const PackFile& named_file(const XmlFile& file, pugi::xml_node node) {
    const std::string name = file.attribute(node, "file");
    if (!plain_file_name(name))
      file.fail(node, "file \"" + name + "\" is no plain name of a file in this pack");
    if (!read_.insert(name).second) file.fail(node, "file \"" + name + "\" is named twice");
    for (const PackFile& candidate : files_)
      if (candidate.name == name) return candidate;
    file.fail(node, "file \"" + name + "\" is not in the pack");
  }

  // The file that every pack may share, named by the attribute shared.
  const PackFile& shared_of(const XmlFile& file, pugi::xml_node node) {
    const std::string name = file.attribute(node, "shared");
    for (const PackFile& known : shared_)
      if (known.name == name) return known;
    auto found = shared_file(name);
    if (!found)
      file.fail(node, "there is no shared file \"" + name + "\"; see rules/packs/reference");
    return shared_.emplace_back(std::move(*found));
  }

  // The query that stands in the element, or in a shared file.
  std::string query_of(const XmlFile& file, pugi::xml_node node) {
    if (!node.attribute("shared")) return read_query(file, node);
    if (!XmlFile::prose(node).empty())
      file.fail(node, "a query of its own and a shared one; take one of them away");
    const PackFile& shared = shared_of(file, node);
    std::string sql = dedented(shared.text);
    if (const std::string why = why_no_query(sql); !why.empty()) refuse(shared.name + ": " + why);
    return sql;
  }

  void read_subjects(const XmlFile& file, pugi::xml_node node) {
    file.allow(node, {{"name", "column", "shared"}, {}, true});
    SubjectKind kind{read_id(file, node, "name"), query_of(file, node), {}};
    kind.column = kind.name == "provider" ? "module" : kind.name;
    if (node.attribute("column")) kind.column = file.attribute(node, "column");
    for (const SubjectKind& other : pack_.subjects)
      if (other.name == kind.name) file.fail(node, "subjects \"" + kind.name + "\" twice");
    pack_.subjects.push_back(std::move(kind));
  }

  void read_reference(const XmlFile& file, pugi::xml_node node) {
    file.allow(node, {{"table", "file", "shared"}, {}});
    const std::string table = new_table(file, node, "table");
    if (node.attribute("file") && node.attribute("shared"))
      file.fail(node, "a file of this pack and a shared one; take one of them away");
    const PackFile& data =
        node.attribute("shared") ? shared_of(file, node) : named_file(file, node);
    check_columns(data);
    pack_.reference.push_back({table, data.text, data.name});
  }

  // The name of a table or view that the pack did not name before.
  std::string new_table(const XmlFile& file, pugi::xml_node node, const char* attribute) {
    const std::string name = file.attribute(node, attribute);
    if (!is_sql_name(name)) file.fail(node, "\"" + name + "\" is no name of a table");
    if (!made_.insert(name).second) file.fail(node, "the table " + name + " twice");
    return name;
  }

  void read_view(const XmlFile& file, pugi::xml_node node) {
    file.allow(node, {{"name", "shared"}, {}, true});
    const std::string name = new_table(file, node, "name");
    pack_.views.push_back({name, query_of(file, node), file.where(node)});
  }

  void read_table(const XmlFile& file, pugi::xml_node node) {
    file.allow(node, {{"id", "title"}, {"lead", "column", "rows"}});
    TableOfPack table;
    table.id = file.attribute(node, "id");
    if (!is_sql_name(table.id)) file.fail(node, "\"" + table.id + "\" is no id: a-z, 0-9 and _");
    for (const TableOfPack& other : pack_.tables)
      if (other.id == table.id) file.fail(node, "the table " + table.id + " twice");
    table.title = file.attribute(node, "title");
    table.lead = XmlFile::prose(file.required(node, "lead"));
    for (const auto column : node.children("column"))
      table.columns.push_back(XmlFile::prose(column));
    if (table.columns.empty()) file.fail(node, "the table has no <column>");
    table.sql = read_query(file, file.required(node, "rows"));
    table.origin = file.where(node);
    pack_.tables.push_back(std::move(table));
  }

  void check_columns(const PackFile& data) const {
    if (data.text.size() > kPackFileLimit) refuse(data.name + ":1: larger than 4 MiB");
    std::set<std::string> names = {"line"};
    for (const std::string& column : base::parse_csv(data.text, data.name).header) {
      if (!is_sql_name(column))
        refuse(data.name + ":1: \"" + column + "\" is no name of a column: a-z, 0-9 and _");
      if (!names.insert(column).second) refuse(data.name + ":1: column " + column + " twice");
    }
  }

  void read_list(const XmlFile& file, pugi::xml_node node) {
    file.allow(node, {{"standard", "file"}, {}});
    pack_.requirement_standard = file.attribute(node, "standard");
    const PackFile& data = named_file(file, node);
    if (data.text.size() > kPackFileLimit) refuse(data.name + ":1: larger than 4 MiB");
    pack_.requirements = read_requirements(data.text, data.name);
    if (pack_.requirements.empty()) file.fail(node, "the list of requirements is empty");
  }

  void read_area(const XmlFile& entry, pugi::xml_node node) {
    entry.allow(node, {{"name", "file"}, {}});
    const std::string name = entry.attribute(node, "name");
    const XmlFile file(named_file(entry, node));
    const pugi::xml_node root = file.root("rules");
    file.allow(root, {{}, {"rule", "manual"}});
    std::vector<std::string_view> kinds;
    for (const SubjectKind& kind : pack_.subjects) kinds.push_back(kind.name);
    for (const auto rule : root.children("rule")) {
      pack_.rules.push_back(read_rule(file, rule, kinds));
      pack_.rules.back().area = name;
      if (!ids_.insert(pack_.rules.back().id).second)
        file.fail(rule, "a second rule \"" + pack_.rules.back().id + "\"");
    }
    for (const auto manual : root.children("manual")) read_manual(file, manual);
  }

  void read_manual(const XmlFile& file, pugi::xml_node node) {
    file.allow(node, {{"heading"}, {"cite"}, true});
    ManualPoint point{file.attribute(node, "heading"), XmlFile::prose(node), {}};
    if (point.text.empty()) file.fail(node, "<manual> says nothing");
    for (const auto cite : node.children("cite"))
      point.citations.push_back(read_citation(file, cite));
    pack_.manual.push_back(std::move(point));
  }

  // A file that nothing names would be rules that silently do not apply.
  void check_all_read() const {
    for (const PackFile& file : files_)
      if (file.name != kEntry && !read_.contains(file.name))
        refuse(file.name + ": is in the pack, but pack.xml does not name it");
  }

  const std::vector<PackFile>& files_;
  std::list<PackFile> shared_;  // a list, for what is in it is referred to
  std::set<std::string> read_, ids_, made_;
  Pack pack_;
};

}  // namespace

Pack read_pack(const std::vector<PackFile>& files) { return PackReader(files).read(); }

}  // namespace rules
