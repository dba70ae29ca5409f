#include "cmvp/calendar.h"

#include "evidence/base/text.h"

namespace cmvp {
namespace {

// RFC 5545, 3.1: lines of 75 octets at the most; the next begins with a space that does not count.
constexpr std::size_t kLineOctets = 75;

bool continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// One content line, folded where it is long, never within a character.
std::string content_line(const std::string& name, const std::string& value) {
  const std::string line = name + ":" + value;
  std::string result;
  std::size_t at = 0, room = kLineOctets;
  while (line.size() - at > room) {
    std::size_t end = at + room;
    while (end > at + 1 && continuation(line[end])) --end;
    result += line.substr(at, end - at) + "\r\n ";
    at = end;
    room = kLineOctets - 1;
  }
  return result + line.substr(at) + "\r\n";
}

// RFC 5545, 3.3.11: a value of type TEXT.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : base::printable(text)) {
    if (c == '\n') {
      result += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') result += '\\';
    result += c;
  }
  return result;
}

// "20261020" for "2026-10-20".
std::string basic_date(std::string date) {
  std::erase(date, '-');
  return date;
}

std::string description(const Sunset& sunset) {
  std::string text = "Last known sunset date, read on " + sunset.as_of +
                     ". Status comes from the CMVP list, not from this date: look it up.";
  if (sunset.successors.empty()) return text;
  std::vector<std::string> numbers;
  for (const std::int64_t number : sunset.successors)
    numbers.push_back("#" + std::to_string(number));
  return text + " A successor may be " + base::join(numbers, ", ") +
         " (concluded from name and vendor, not said by CMVP).";
}

std::string event(const Sunset& sunset, const std::string& stamp) {
  const std::string number = std::to_string(sunset.certificate);
  std::string title = "CMVP certificate #" + number + " ends: " + sunset.name;
  if (!sunset.vendor.empty()) title += " (" + sunset.vendor + ")";
  return content_line("BEGIN", "VEVENT") +
         content_line("UID", "cmvp-certificate-" + number + "-sunset@assay.invalid") +
         content_line("DTSTAMP", basic_date(stamp) + "T000000Z") +
         content_line("DTSTART;VALUE=DATE", basic_date(sunset.date)) +
         content_line("SUMMARY", escaped(title)) +
         content_line("DESCRIPTION", escaped(description(sunset))) +
         content_line("TRANSP", "TRANSPARENT") + content_line("END", "VEVENT");
}

}  // namespace

std::string sunset_calendar(std::span<const Sunset> sunsets, const std::string& stamp) {
  std::string text = content_line("BEGIN", "VCALENDAR") + content_line("VERSION", "2.0") +
                     content_line("PRODID", "-//assay//CMVP sunset dates//EN") +
                     content_line("CALSCALE", "GREGORIAN");
  for (const Sunset& sunset : sunsets) text += event(sunset, stamp);
  return text + content_line("END", "VCALENDAR");
}

}  // namespace cmvp
