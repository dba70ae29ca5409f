#include "evidence/probes/openssl_conf.h"

#include <algorithm>

#include "evidence/base/text.h"
#include "evidence/probes/openssl_conf_text.h"

namespace evidence::probes {
namespace {

constexpr std::size_t kTotalLimit = std::size_t{16} << 20U;  // Bytes of all files.
constexpr std::size_t kValueTotal = std::size_t{64} << 20U;  // Bytes of all values.
constexpr std::size_t kFileCount = 256;
constexpr std::size_t kDepth = 32;
constexpr std::size_t kChunk = 510;             // What OpenSSL takes of a line at a time.
constexpr std::size_t kExpansionLimit = 65536;  // OpenSSL's limit for a value.

// A file that is being read.
struct Stream {
  std::string file;
  std::string text;
  std::size_t at = 0;
  std::int64_t line = 0;  // Lines that are done.

  // The next piece as OpenSSL sees it: to the end of the line, of limited length, up to a NUL.
  std::string_view piece() {
    const std::string_view rest = std::string_view(text).substr(at, kChunk);
    const std::size_t end = rest.find('\n');
    const auto taken = rest.substr(0, end == std::string_view::npos ? end : end + 1);
    at += taken.size();
    return taken.substr(0, taken.find('\0'));
  }
};

// A folder whose files are being read one after another.
struct Folder {
  std::string path;
  std::vector<std::string> names;
  std::string file;  // What includes it, and where.
  std::int64_t line = 0;
  std::size_t next = 0;
};

}  // namespace

bool OpensslConf::has_section(std::string_view section) const {
  return sections_.contains(section);
}

std::vector<ConfSetting> OpensslConf::section(std::string_view section) const {
  std::vector<ConfSetting> result;
  for (std::size_t at = 0; at < settings_.size(); ++at) {
    const ConfSetting& setting = settings_[at];
    if (setting.section == section && last_.at({setting.section, setting.name}) == at)
      result.push_back(setting);
  }
  return result;
}

const ConfSetting* OpensslConf::find(const std::string& section, const std::string& name) const {
  for (const std::string& place : {section, std::string("default")}) {
    const auto found = last_.find({place, name});
    if (found != last_.end()) return &settings_[found->second];
  }
  return nullptr;
}

// Reads as OpenSSL does (crypto/conf/conf_def.c of OpenSSL 3), slip for slip: what it takes for a
// setting is what counts, not what config(5) promises.
class ConfReader {
 public:
  explicit ConfReader(const base::Host& host) : host_(host) { conf_.sections_.insert("default"); }

  OpensslConf read(const std::string& path) {
    base::FileText file = host_.read_file(path, kTotalLimit);
    conf_.seen_ = file.seen;
    conf_.reason_ = file.reason;
    if (file.seen != base::Seen::ok) return std::move(conf_);
    start(path, std::move(file.text));
    while (!conf_.error_ && next_line()) parse_line();
    return std::move(conf_);
  }

 private:
  bool fail(std::string message) {
    if (!conf_.error_) conf_.error_ = ConfError{file_, last_line_, std::move(message)};
    return false;
  }

  void start(const std::string& path, std::string text) {
    total_ += text.size();
    ++files_;
    stream_ = {path, std::move(text), 0, 0};
  }

  // The next file of the folder, else the file that included this one.
  bool next_stream() {
    while (folder_ && folder_->next < folder_->names.size()) {
      const std::string path = folder_->path + "/" + folder_->names[folder_->next++];
      file_ = folder_->file;
      first_line_ = folder_->line;
      base::FileText file = open(path);
      if (conf_.error_) return false;
      if (file.seen != base::Seen::ok) continue;
      start(path, std::move(file.text));
      return true;
    }
    folder_.reset();
    if (stack_.empty()) return false;
    stream_ = std::move(stack_.back());
    stack_.pop_back();
    return true;
  }

  // Reads one line that may go on over several into line_.
  bool next_line() {
    line_.clear();
    for (bool more = false, begun = false;;) {
      std::string_view piece = stream_.piece();
      if (first_ && piece.starts_with("\xEF\xBB\xBF")) piece.remove_prefix(3);
      first_ = false;
      if (piece.empty() && !more) {
        if (!next_stream()) return false;
        continue;
      }
      if (!begun) file_ = stream_.file, first_line_ = stream_.line + 1;
      begun = true;
      more = add_piece(piece);
      if (!more) return true;
    }
  }

  // True if the line goes on.
  bool add_piece(std::string_view piece) {
    const std::size_t length = piece.size();
    while (!piece.empty() && (piece.back() == '\r' || piece.back() == '\n')) piece.remove_suffix(1);
    line_ += piece;
    if (length > 0 && piece.size() == length) return true;
    last_line_ = ++stream_.line;
    if (!line_.ends_with('\\') || line_.ends_with("\\\\")) return false;
    line_.pop_back();
    return true;
  }

  void parse_line() {
    line_ = without_comment(std::move(line_));
    const std::size_t start = skip_white(line_, 0);
    if (start == line_.size()) return;
    if (line_[start] == '[')
      parse_header(skip_white(line_, start + 1));
    else
      parse_setting(start);
  }

  std::size_t skip_name(std::size_t at) const {
    while (at < line_.size()) {
      if (line_[at] == '\\')
        at = std::min(at + 2, line_.size());
      else if (word(line_[at]) || punctuation(line_[at]) || (dollar_ && line_[at] == '$'))
        ++at;
      else
        break;
    }
    return at;
  }

  void parse_header(std::size_t start) {
    for (std::size_t at = start;;) {
      const std::size_t end = skip_name(at);
      const std::size_t next = skip_white(line_, end);
      if (next < line_.size() && line_[next] == ']') {
        const auto name = expand("default", line_.substr(start, end - start));
        if (!name) return;
        section_ = *name;
        conf_.sections_.insert(section_);
        return;
      }
      if (next == line_.size() || next == at) {
        fail("a section header has no closing square bracket");
        return;
      }
      at = next;
    }
  }

  void parse_setting(std::size_t start) {
    std::size_t end = skip_name(start);
    std::string section = section_;
    if (line_.compare(end, 2, "::") == 0) {
      section = line_.substr(start, end - start);
      start = end + 2;
      end = skip_name(start);
    }
    const std::size_t next = skip_white(line_, end);
    const std::string name = line_.substr(start, end - start);
    if (directive(".pragma", start, next)) return parse_pragma(argument(next));
    if (directive(".include", start, next)) return parse_include(section, argument(next));
    if (next == line_.size() || line_[next] != '=') {
      fail(base::printable(name) + ": there is no equal sign after this name");
      return;
    }
    const auto value = expand(section, argument(next));
    if (value) add(section, name, *value);
  }

  bool directive(std::string_view word, std::size_t start, std::size_t next) const {
    if (line_.compare(start, word.size(), word) != 0) return false;
    return next != start + word.size() || (next < line_.size() && line_[next] == '=');
  }

  // What follows an optional equal sign.
  std::string argument(std::size_t at) const {
    if (at < line_.size() && line_[at] == '=') at = skip_white(line_, at + 1);
    return without_white_end(line_.substr(at));
  }

  void add(const std::string& section, const std::string& name, const std::string& value) {
    values_ += value.size() + name.size() + section.size();
    if (values_ > kValueTotal) {
      fail("the settings take more than 64 MiB, which is not read");
      return;
    }
    conf_.sections_.insert(section);
    conf_.last_[{section, name}] = conf_.settings_.size();
    conf_.settings_.push_back({section, name, value, file_, first_line_});
  }

  void parse_pragma(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
      fail("a .pragma is not of the form name:value");
      return;
    }
    const std::string name = without_white_end(text.substr(0, colon));
    const std::string value = text.substr(skip_white(text, colon + 1));
    if (name == "includedir") include_folder_ = value;
    if (name != "dollarid" && name != "abspath") return;
    const auto flag = switch_word(value);
    if (!flag)
      fail("the .pragma " + name + " is neither on nor off");
    else
      (name == "dollarid" ? dollar_ : absolute_) = *flag;
  }

  void parse_include(const std::string& section, const std::string& text) {
    const auto named = expand(section, text);
    if (!named) return;
    std::string path = *named;
    auto folder = host_.environment("OPENSSL_CONF_INCLUDE");
    if (!folder) folder = include_folder_;
    if (folder && !path.starts_with('/'))
      path = *folder + (folder->ends_with('/') ? "" : "/") + path;
    if (absolute_ && !path.starts_with('/')) {
      fail("the .include path is relative, which .pragma abspath forbids");
      return;
    }
    if (host_.status(path).is_folder)
      include_folder(path);
    else
      include_file(path);
  }

  void include_file(const std::string& path) {
    base::FileText file = open(path);
    if (file.seen != base::Seen::ok || conf_.error_) return;
    push(path, std::move(file.text));
  }

  void include_folder(const std::string& path) {
    base::Listing listing = host_.list_folder(path);
    ConfInclude include{path, listing.seen, listing.reason, file_, first_line_};
    if (folder_ && listing.seen == base::Seen::ok) {
      include.seen = base::Seen::unreadable;
      include.reason = "a folder within an included folder, which OpenSSL does not read";
    }
    conf_.includes_.push_back(include);
    if (include.seen != base::Seen::ok) return;
    std::erase_if(listing.names, [](const std::string& name) { return !configuration_name(name); });
    if (listing.names.empty()) return;
    folder_ = Folder{path, std::move(listing.names), file_, first_line_, 0};
    stack_.push_back(std::move(stream_));
    stream_ = {};
  }

  void push(const std::string& path, std::string text) {
    if (stack_.size() >= kDepth) {
      fail("files include each other more than 32 levels deep");
      return;
    }
    stack_.push_back(std::move(stream_));
    start(path, std::move(text));
  }

  base::FileText open(const std::string& path) {
    if (files_ >= kFileCount) {
      fail("more than 256 files are included, which are not read");
      return {};
    }
    base::FileText file = host_.read_file(path, kTotalLimit);
    conf_.includes_.push_back({path, file.seen, file.reason, file_, first_line_});
    if (total_ + file.text.size() > kTotalLimit)
      fail("the included files take more than 16 MiB, which is not read");
    return file;
  }

  std::optional<std::string> lookup(const std::string& section, const std::string& name) const {
    const auto found = conf_.last_.find({section, name});
    if (found != conf_.last_.end()) return conf_.settings_[found->second].value;
    if (section == "ENV")
      if (auto value = host_.environment(name)) return value;
    const auto fallback = conf_.last_.find({"default", name});
    if (fallback == conf_.last_.end()) return std::nullopt;
    return conf_.settings_[fallback->second].value;
  }

  std::size_t skip_variable(const std::string& text, std::size_t at) const {
    while (at < text.size() && (word(text[at]) || (dollar_ && text[at] == '$'))) ++at;
    return at;
  }

  // Expands quotes, escapes and variables.
  std::optional<std::string> expand(const std::string& section, const std::string& text) {
    std::string result;
    std::size_t length = text.size() + 1;  // As OpenSSL reckons the room a value takes.
    for (std::size_t at = 0; at < text.size();) {
      if (quote(text[at])) {
        at = unquote(text, at, result);
      } else if (text[at] == '\\') {
        if (at + 1 == text.size()) break;
        result += escaped(text[at + 1]);
        at += 2;
      } else if (variable_at(text, at)) {
        const std::size_t start = at;
        const auto value = variable(section, text, at);
        if (!value) return std::nullopt;
        length = value->size() + length - (at - start);
        if (length > kExpansionLimit) return fail("a value is longer than 64 KiB"), std::nullopt;
        result += *value;
      } else {
        result += text[at++];
      }
    }
    return result;
  }

  static std::size_t unquote(const std::string& text, std::size_t at, std::string& result) {
    const char mark = text[at++];
    while (at < text.size() && text[at] != mark) {
      if (text[at] == '\\' && ++at == text.size()) break;
      result += text[at++];
    }
    return std::min(at + 1, text.size());
  }

  bool variable_at(const std::string& text, std::size_t at) const {
    if (text[at] != '$') return false;
    return !dollar_ || text.compare(at + 1, 1, "{") == 0 || text.compare(at + 1, 1, "(") == 0;
  }

  // The value of the variable at `at`, which moves past it.
  std::optional<std::string> variable(std::string section, const std::string& text,
                                      std::size_t& at) {
    char close = '\0';
    if (text.compare(at + 1, 1, "{") == 0) close = '}';
    if (text.compare(at + 1, 1, "(") == 0) close = ')';
    std::size_t start = at + (close == '\0' ? 1 : 2);
    std::size_t end = skip_variable(text, start);
    if (text.compare(end, 2, "::") == 0) {
      section = text.substr(start, end - start);
      start = end + 2;
      end = skip_variable(text, start);
    }
    at = end;
    if (close != '\0') {
      if (end == text.size() || text[end] != close)
        return fail("a variable in brackets has no closing bracket"), std::nullopt;
      ++at;
    }
    const std::string name = text.substr(start, end - start);
    auto value = lookup(section, name);
    if (!value) fail("the variable \"" + base::printable(name) + "\" has no value");
    return value;
  }

  const base::Host& host_;
  OpensslConf conf_;
  Stream stream_;
  std::vector<Stream> stack_;
  std::optional<Folder> folder_;
  std::optional<std::string> include_folder_;
  std::string section_ = "default";
  std::string line_;
  std::string file_;
  std::int64_t first_line_ = 0;
  std::int64_t last_line_ = 0;
  std::size_t total_ = 0, values_ = 0, files_ = 0;
  bool first_ = true, dollar_ = false, absolute_ = false;
};

OpensslConf read_openssl_conf(const base::Host& host, const std::string& path) {
  return ConfReader(host).read(path);
}

}  // namespace evidence::probes
