#include "harness/base/csv.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/names.h"
#include "harness/base/text.h"

namespace flnas {
namespace {

/// Cuts CSV text into records, one call each.
class Reader {
 public:
  Reader(std::string_view text, const std::string& where) : text_(text), where_(where) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") text_.remove_prefix(3);
  }

  std::size_t line() const { return line_; }

  bool next(std::vector<std::string>& fields) {
    fields.clear();
    if (at_ >= text_.size()) return false;
    std::string field;
    for (;;) {
      if (at_ < text_.size() && text_[at_] == '"') {
        quoted(field);
      }
      while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') field += text_[at_++];
      const bool end = at_ >= text_.size() || text_[at_] == '\n';
      if (end && !field.empty() && field.back() == '\r') field.pop_back();
      fields.push_back(std::move(field));
      field.clear();
      if (end) break;
      ++at_;
    }
    if (at_ < text_.size()) ++at_;
    ++line_;
    return true;
  }

 private:
  void quoted(std::string& field) {
    const std::size_t start = line_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          return;
        }
        ++at_;
      }
      if (text_[at_] == '\n') ++line_;
      field += text_[at_];
    }
    throw DataError(fmt::format("{}:{}: a quote is never closed", where_, start));
  }

  std::string_view text_;
  const std::string& where_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

[[noreturn]] void refuse(const std::string& where, std::size_t line, std::string_view what) {
  throw DataError(fmt::format("{}:{}: {}", where, line, what));
}

/// Line of the first byte that no UTF-8 has there; the text is not UTF-8.
std::size_t line_of_broken_character(std::string_view text) {
  for (std::size_t line = 1;; ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!is_utf8(text.substr(0, end)) || end == text.size()) return line;
    text.remove_prefix(end + 1);
  }
}

/// What spreadsheets save instead of CSV in UTF-8 is named as what it is, before rows seem to be broken.
void require_text(std::string_view text, const std::string& where) {
  const bool marked = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
  if (marked || text.substr(0, 4096).find('\0') != text.npos) refuse(where, 1, "is UTF-16; save it as UTF-8");
  if (text.starts_with("PK\x03\x04")) refuse(where, 1, "is a spreadsheet or an archive; save it as CSV (UTF-8)");
  if (!is_utf8(text)) {
    refuse(where, line_of_broken_character(text), "is not UTF-8, but Latin-1 or the like; save it as UTF-8");
  }
  if (text.find('\n') == text.npos && text.find('\r') != text.npos && text.find('\r') + 1 < text.size()) {
    refuse(where, 1, "its lines end with carriage returns alone; save it with Unix or Windows line ends");
  }
}

/// A header in one piece with other separators in it.
void require_commas(const std::vector<std::string>& header, const std::string& where) {
  if (header.size() != 1) return;
  if (header[0].find(';') != header[0].npos) refuse(where, 1, "has semicolons between its fields; save it with commas");
  if (header[0].find('\t') != header[0].npos) refuse(where, 1, "has tabs between its fields; save it with commas");
}

void require_names(const std::vector<std::string>& header, const std::string& where) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].empty() && i > 0) refuse(where, 1, fmt::format("column {} has no name; name or remove it", i + 1));
    if (!seen.insert(header[i]).second) refuse(where, 1, fmt::format("column '{}' appears twice", header[i]));
  }
}

void number_repeated(std::vector<std::string>& header) {
  std::map<std::string, int> seen;
  for (std::string& name : header) {
    if (const int before = seen[name]++; before > 0) name += fmt::format(".{}", before);
  }
}

constexpr std::size_t kMostNamedColumns = 40;  ///< in a message

}  // namespace

Csv Csv::read(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file) && !std::filesystem::is_fifo(file))
    throw DataError(fmt::format("{}: no such file; check the path", file.string()));
  return parse(read_file(file), file.string());
}

Csv Csv::parse(std::string_view text, std::string where) { return parse(text, std::move(where), false); }

Csv Csv::parse_repeating(std::string_view text, std::string where) { return parse(text, std::move(where), true); }

Csv Csv::parse(std::string_view text, std::string where, bool may_repeat) {
  Csv csv;
  csv.where_ = std::move(where);
  require_text(text, csv.where_);
  Reader reader(text, csv.where_);
  if (!reader.next(csv.header_)) throw DataError(fmt::format("{}: empty; expected a header row", csv.where_));
  require_commas(csv.header_, csv.where_);
  if (may_repeat) number_repeated(csv.header_);
  require_names(csv.header_, csv.where_);
  std::vector<std::string> fields;
  for (std::size_t line = reader.line(); reader.next(fields); line = reader.line()) {
    if (fields.size() == 1 && fields[0].empty()) continue;
    if (fields.size() != csv.header_.size()) {
      throw DataError(
          fmt::format("{}:{}: {} fields where the header has {}", csv.where_, line, fields.size(), csv.header_.size()));
    }
    csv.rows_.push_back(fields);
    csv.lines_.push_back(line);
  }
  return csv;
}

std::optional<std::size_t> Csv::find(std::string_view column) const {
  const auto found = std::find(header_.begin(), header_.end(), column);
  if (found == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

std::size_t Csv::column(std::string_view name) const {
  if (const auto found = find(name)) return *found;
  const auto shown = std::min(header_.size(), kMostNamedColumns);
  const auto end = header_.begin() + static_cast<std::ptrdiff_t>(shown);
  const std::string more = shown < header_.size() ? fmt::format(" and {} more", header_.size() - shown) : std::string();
  throw DataError(fmt::format("{}:1: no column '{}'; nearest is '{}' (columns: {}{})", where_, name,
                              nearest_name(name, header_), fmt::join(header_.begin(), end, ", "), more));
}

double Csv::number(std::size_t row, std::size_t column) const {
  const std::string& text = at(row, column);
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    throw DataError(
        fmt::format("{}:{}: '{}' in column '{}' is not a number", where_, line(row), text, header_[column]));
  }
  return value;
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string csv_row(const std::vector<std::string>& fields) {
  std::string row;
  for (const auto& field : fields) {
    if (&field != &fields.front()) row += ',';
    row += csv_field(field);
  }
  return row;
}

}  // namespace flnas
