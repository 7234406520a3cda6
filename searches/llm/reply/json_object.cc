#include "searches/llm/reply/json_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <vector>

namespace flnas::searches {
namespace {

constexpr std::size_t kDeepest = 32;
constexpr int kMostKeys = 100;  // looking for one takes as long as there are others
constexpr std::size_t kWorkPerByte = 64;
constexpr int kMostAttempts = 10'000;

/// Walks over one value without keeping it: stops at the limits, remembers the first error.
class Walker : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(std::int64_t) override { return true; }
  bool number_unsigned(std::uint64_t) override { return true; }
  bool number_float(double, const std::string&) override { return true; }
  bool string(std::string&) override { return true; }
  bool binary(Json::binary_t&) override { return true; }
  bool key(std::string&) override {
    if (++keys_.back() <= kMostKeys) return true;
    error = fmt::format("more than {} keys in one object", kMostKeys);
    return false;
  }
  bool start_object(std::size_t) override { return deeper(); }
  bool start_array(std::size_t) override { return deeper(); }
  bool end_object() override { return keys_.pop_back(), true; }
  bool end_array() override { return keys_.pop_back(), true; }
  bool parse_error(std::size_t, const std::string&, const Json::exception& exception) override {
    error = exception.what();
    if (const auto reason = error.find("column "); reason != error.npos) {
      if (const auto colon = error.find(": ", reason); colon != error.npos) error.erase(0, colon + 2);
    }
    return false;
  }

  std::string error;

 private:
  bool deeper() {
    keys_.push_back(0);
    if (keys_.size() <= kDeepest) return true;
    error = fmt::format("nested more than {} deep", kDeepest);
    return false;
  }
  std::vector<int> keys_;  ///< so far, of each value around this place
};

/// The last object with the key, in the order of the text.
const Json* find_key(const Json& value, const std::string& key) {
  if (value.is_object() && value.contains(key)) return &value;
  const Json* found = nullptr;
  if (value.is_structured()) {
    for (const Json& item : value) {
      if (const Json* inner = find_key(item, key)) found = inner;
    }
  }
  return found;
}

/// Whether a text that broke off ends with a comma and a closing bracket behind it.
bool has_trailing_comma(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  if (last == text.npos || (text[last] != '}' && text[last] != ']') || last == 0) return false;
  const auto before = text.find_last_not_of(" \t\r\n", last - 1);
  return before != text.npos && text[before] == ',';
}

std::size_t line_of(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace

FoundJson find_json(std::string_view text, const std::string& key) {
  FoundJson found;
  std::istringstream stream{std::string(text)};
  std::size_t work = 0, furthest = 0, broken_from = 0, broken_at = 0;
  int attempts = 0;
  std::size_t start = text.find('{');
  while (start != text.npos && work <= kWorkPerByte * text.size() && attempts++ < kMostAttempts) {
    stream.clear();
    stream.seekg(static_cast<std::streamoff>(start));
    Walker walker;
    const bool complete = Json::sax_parse(stream, &walker, Json::input_format_t::json, false, true);
    stream.clear();
    const std::size_t end = std::min(static_cast<std::size_t>(stream.tellg()), text.size());
    work += end - start;
    if (!complete) {
      if (end - start > furthest) {
        furthest = end - start;
        broken_from = start;
        broken_at = end;
        found.error = has_trailing_comma(text.substr(start, end - start))
                          ? "a comma stands before a closing bracket; take it away"
                          : walker.error;
      }
      start = text.find('{', start + 1);
      continue;
    }
    Json value = Json::parse(text.substr(start, end - start), nullptr, true, true);
    if (const Json* inner = find_key(value, key)) found.with_key = *inner;
    // What lies within a broken object is a part of it.
    const bool is_part = furthest > 0 && start > broken_from && end <= broken_at;
    if (!value.empty() && !is_part) found.any = std::move(value);
    start = text.find('{', end);
  }
  if (furthest > 0) found.error = fmt::format("line {}: {}", line_of(text, broken_at), found.error);
  return found;
}

}  // namespace flnas::searches
