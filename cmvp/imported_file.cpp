#include "cmvp/imported_file.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <streambuf>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

using base::ErrorKind;

// Bytes in memory as a stream.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view bytes) {
    auto* begin = const_cast<char*>(bytes.data());  // Only read: the interface lacks `const`.
    setg(begin, begin, begin + bytes.size());
  }
};

char first_sign(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto at = bytes.find_first_not_of(" \t\r\n");
  return at == std::string_view::npos ? '\0' : bytes[at];
}

// A JSON list of records as JSON Lines; nothing if it is no list.
std::optional<std::string> lines_of_list(std::string_view bytes) {
  const auto list = nlohmann::json::parse(bytes, nullptr, false);
  if (!list.is_array()) return std::nullopt;
  std::string text;
  for (const auto& each : list) text += each.dump() + '\n';
  return text;
}

Import read_feed(const std::string& origin, std::string_view bytes) {
  ViewBuffer buffer(bytes);
  std::istream stream(&buffer);
  Import feed = import_json_lines(stream);
  if (feed.certificates.empty())
    throw base::Error(
        ErrorKind::input,
        origin + ": no line of it is a certificate" +
            (feed.rejected.empty() ? "" : "; the first one: " + feed.rejected[0].text));
  return feed;
}

ImportedFile read_page(const std::string& origin, std::string_view bytes) {
  const Page page(bytes, origin);
  if (is_list_page(page)) return read_list_page(page);
  if (is_detail_page(page)) return read_detail_page(page, base::name_of(origin));
  if (is_process_page(page)) return read_process_page(page);
  if (is_algorithm_page(page)) return read_algorithm_page(page);
  if (is_product_page(page)) return read_product_page(page);
  if (is_profile_page(page)) return read_profile_page(page);
  if (is_entropy_page(page)) return read_entropy_page(page, base::name_of(origin));
  page.unexpected("it is neither a list of certificates or modules nor the page of a certificate");
}

}  // namespace

ImportedFile read_imported(const std::string& origin, std::string_view bytes) {
  if (is_common_criteria_list(bytes)) return read_common_criteria_list(bytes, origin);
  switch (first_sign(bytes)) {
    case '{':
      return read_feed(origin, bytes);
    case '[': {
      const auto lines = lines_of_list(bytes);
      return read_feed(origin, lines ? std::string_view(*lines) : bytes);
    }
    case '<':
      if (is_profile_xml(bytes)) return read_profile_xml(bytes, origin);
      return read_page(origin, bytes);
    default:
      break;
  }
  throw base::Error(ErrorKind::input,
                    origin +
                        ": neither a JSON feed, nor an HTML page, nor the Common Criteria "
                        "portal's CSV; compressed files must be unpacked first");
}

ImportedFile read_imported(const base::Host& host, const std::string& path) {
  const base::FileText file = host.read_file(path, kImportLimit);
  if (file.seen == base::Seen::ok) return read_imported(path, file.text);
  throw base::Error(ErrorKind::environment,
                    path + ": " + (file.seen == base::Seen::absent ? "no such file" : file.reason));
}

}  // namespace cmvp
