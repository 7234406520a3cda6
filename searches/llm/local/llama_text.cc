// The three functions of llama.cpp's common.cpp that its grammars need. The rest of that file brings half of its tools.
#include <string>
#include <vector>

// NOLINTBEGIN(misc-use-internal-linkage): declared in its common.h.
std::string string_repeat(const std::string& text, size_t times) {
  std::string result;
  for (size_t i = 0; i < times; ++i) result += text;
  return result;
}

std::string string_join(const std::vector<std::string>& values, const std::string& separator) {
  std::string result;
  for (size_t i = 0; i < values.size(); ++i) result += (i == 0 ? "" : separator) + values[i];
  return result;
}

std::vector<std::string> string_split(const std::string& text, const std::string& delimiter) {
  std::vector<std::string> parts;
  size_t start = 0;
  for (size_t end = text.find(delimiter); end != text.npos; end = text.find(delimiter, start)) {
    parts.push_back(text.substr(start, end - start));
    start = end + delimiter.size();
  }
  parts.push_back(text.substr(start));
  return parts;
}
// NOLINTEND(misc-use-internal-linkage)
