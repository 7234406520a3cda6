#include "harness/base/json.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/files.h"

namespace flnas {
namespace {

/// What works on a value calls itself for its parts: copies, comparisons and text. Records have five levels.
constexpr int kDeepest = 200;

/// Brackets outside texts that are open at once are at most kDeepest.
bool is_shallow(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '[' || c == '{')) {
      if (++depth > kDeepest) return false;
    } else if (!quoted && (c == ']' || c == '}')) {
      --depth;
    }
  }
  return true;
}

/// The parser's words from the place on: "at line 2, column 3: ...", or without their number where it tells no place.
std::string_view reason_of(const Json::exception& error) {
  std::string_view reason = error.what();
  const auto place = reason.find("at line"), number = reason.find("] ");
  if (place != reason.npos) {
    reason.remove_prefix(place);
  } else if (number != reason.npos) {
    reason.remove_prefix(number + 2);
  }
  return reason;
}

}  // namespace

Json parse_json(std::string_view text, std::string_view where) {
  if (!is_shallow(text)) {
    throw DataError(fmt::format("{}: nested more than {} levels deep; no file of flnas is", where, kDeepest));
  }
  try {
    return Json::parse(text);
  } catch (const Json::exception& error) {  // also a number that is too large
    throw DataError(fmt::format("{}: not valid JSON ({})", where, reason_of(error)));
  }
}

Json read_json(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) {
    throw DataError(fmt::format("{}: no such file", file.string()));
  }
  return parse_json(read_file(file), file.string());
}

void write_json(const std::filesystem::path& file, const Json& value) { write_file(file, value.dump(2) + "\n"); }

}  // namespace flnas
