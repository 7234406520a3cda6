#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flnas {

/// A CSV file with a header row (RFC 4180: quotes, doubled quotes, CRLF; a byte-order mark of UTF-8 is skipped).
/// A first column without a name is a row number, as pandas writes it: it is kept under the name "".
class Csv {
 public:
  /// Throws DataError naming file and line when a row's width differs from the header's, a quote stays open, a
  /// column name repeats, another column than the first has no name, or the file is missing or empty. A file in another
  /// form is named as what it is, with what to do: UTF-16, Latin-1, lines that end with a carriage return alone,
  /// semicolons or tabs between the fields. Pipes are read, other things that are no file are not.
  static Csv read(const std::filesystem::path& file);
  static Csv parse(std::string_view text, std::string where);
  /// The same, where a column name may repeat: the later ones become "name.1", "name.2", as pandas calls them.
  static Csv parse_repeating(std::string_view text, std::string where);

  const std::string& where() const { return where_; }
  const std::vector<std::string>& header() const { return header_; }
  std::size_t rows() const { return rows_.size(); }
  const std::string& at(std::size_t row, std::size_t column) const { return rows_[row][column]; }
  /// Line of the file on which the row begins, from 1.
  std::size_t line(std::size_t row) const { return lines_[row]; }

  std::optional<std::size_t> find(std::string_view column) const;
  /// Throws DataError naming the nearest column.
  std::size_t column(std::string_view name) const;
  /// The cell as a finite number; throws DataError naming file, line and column.
  double number(std::size_t row, std::size_t column) const;

 private:
  static Csv parse(std::string_view text, std::string where, bool may_repeat);
  std::string where_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> lines_;
};

/// A field as CSV, quoted only where it must be.
std::string csv_field(std::string_view text);

/// Fields joined by commas, without a newline.
std::string csv_row(const std::vector<std::string>& fields);

}  // namespace flnas
