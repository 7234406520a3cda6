#include "harness/base/json.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/files.h"

namespace flnas {

Json parse_json(std::string_view text, std::string_view where) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    std::string_view reason = error.what();
    if (const auto colon = reason.find("at line"); colon != reason.npos) reason.remove_prefix(colon);
    throw DataError(fmt::format("{}: not valid JSON ({})", where, reason));
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
