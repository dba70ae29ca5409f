#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/base/host.h"
#include "rules/finding.h"
#include "rules/requirement.h"

namespace rules {

/// A table that a rule cannot do without.
struct Need {
  std::string table;
  Result when_empty;   ///< What it means that a subject has no rows in it: the author must say.
  std::string reason;  ///< The words for that case.
  bool whole_table = false;  ///< All rows count, whosever they are.
  /// Another table whose rows count as well, as another kind of module has its facts there; "" for
  /// none. It calls its subject as `table` does, or is about parts of it, such as tokens.
  std::string or_table;

  /// `table`, and `or_table` if there is one.
  std::vector<std::string> tables() const {
    return or_table.empty() ? std::vector{table} : std::vector{table, or_table};
  }

  bool operator==(const Need&) const = default;
};

/// A rule carries its own tests: evidence in, result out.
struct RuleTest {
  Result expect;
  std::string subject;  ///< Whose result is compared; "" for the first subject.
  std::string sql;      ///< INSERTs into an empty judgement database, each row's source 1.
  std::string origin;   ///< file:line
  std::string shows;    ///< A sentence, without its subject: "fails where …"; "" if it has none.

  bool operator==(const RuleTest&) const = default;
};

/// One requirement as a query for its violations.
struct Rule {
  std::string id, area;
  Severity severity = Severity::low;
  std::string subject;  ///< Kind of subject, a name from the pack's <subjects>.
  Rung rung = Rung::none;
  bool on_every_ladder = false;        ///< Its results count for every module's ladder.
  std::string title_pass, title_fail;  ///< What is the case, either way.
  std::string question;                ///< "whether …": for unknown and not applicable
  std::vector<Citation> citations;
  std::string rationale, remedy;
  std::vector<Need> needs;
  std::string not_applicable;  ///< SELECT subject, message: subjects the question cannot arise for.
  std::string unknown;         ///< SELECT subject, source, message: evidence that decides nothing.
  std::string violations;      ///< SELECT subject, source, message: one row a violation.
  std::string evidence;        ///< SELECT subject, source, message: what was seen, pass or fail.
  std::vector<RuleTest> tests;
  std::string origin;  ///< file:line

  bool operator==(const Rule&) const = default;
};

/// A kind of subject: a query that names each, and how to call it.
struct SubjectKind {
  std::string name;
  /// SELECT subject, label, place; where subjects differ in them also severity, file and line, and
  /// claim, the words of somebody that are put to the test.
  std::string sql;
  /// What tables about this kind call their subject column: "module" for the kind "provider", else
  /// the name of the kind, unless the pack says otherwise.
  std::string column;

  bool operator==(const SubjectKind&) const = default;
};

/// A table of reference data that comes with a pack, all columns TEXT (an empty cell is ''), and
/// the INTEGER column `line`, where in the file a row stands.
struct ReferenceData {
  std::string table;
  std::string csv;     ///< contents
  std::string origin;  ///< for messages

  bool operator==(const ReferenceData&) const = default;
};

/// A question that many rules share, asked by name in their FROM.
struct View {
  std::string name;
  std::string sql;     ///< one SELECT
  std::string origin;  ///< for messages

  bool operator==(const View&) const = default;
};

/// A table that a report prints after the findings, as a query of what was judged.
struct TableOfPack {
  std::string id, title, lead;
  std::vector<std::string> columns;  ///< titles, one for each column of the query
  std::string sql;
  std::string origin;  ///< file:line

  bool operator==(const TableOfPack&) const = default;
};

/// A point that only a person can check.
struct ManualPoint {
  std::string heading, text;
  std::vector<Citation> citations;

  bool operator==(const ManualPoint&) const = default;
};

/// Rules of one standard, with what they refer to.
struct Pack {
  std::string id, version, title;
  std::string digest;  ///< SHA-256 over all its files and the shared ones that it names
  bool built_in = false;
  bool claims = false;  ///< Its rules put claims to the test: pass is told as supported.
  std::map<std::string, std::string> replaced;  ///< Its rules that stand for built-in ones, and in
                                                ///< which pack these are (merge_packs.h).
  std::string origin;  ///< Where it is from and what speaks for it, e.g. "built in".
  std::vector<SubjectKind> subjects;
  std::vector<ReferenceData> reference;
  std::vector<View> views;
  std::vector<TableOfPack> tables;
  std::vector<Rule> rules;
  std::vector<ManualPoint> manual;
  std::string requirement_standard;  ///< What `requirements` are of; "" if there are none.
  std::vector<Requirement> requirements;

  bool operator==(const Pack&) const = default;
};

/// One file of a pack.
struct PackFile {
  std::string name;  ///< path within the pack, e.g. "pack.xml"
  std::string text;
};

/// The names of the packs that are built in.
std::vector<std::string> built_in_packs();

/// The files of a pack that is built in. Throws Error(usage) for a name that is none of them.
std::vector<PackFile> built_in_pack_files(std::string_view name);

/// The file `name` of those that every pack may share: reference tables, views and kinds of
/// subjects that several packs ask (rules/packs/reference/). Nothing if there is none of that name.
std::optional<PackFile> shared_file(std::string_view name);

/// The files of the pack in `folder` of the machine, those called *.xml and *.csv. Throws
/// Error(input) if one cannot be read.
std::vector<PackFile> pack_files_in(const base::Host& host, const std::string& folder);

/// Reads a pack from its files: "pack.xml" names the others. Throws Error(input),
/// `file:line: message`, for anything that `lint` would call an error: an untested rule, a rule
/// with no citation, SQL that is not one SELECT, an unknown word.
Pack read_pack(const std::vector<PackFile>& files);

}  // namespace rules
