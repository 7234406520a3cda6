// Everything that reads what others wrote, but for replies of language models (tests/fuzz/reply_properties.h), with
// what must hold for any bytes; parsers_test.cc takes those that are committed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flnas::test {

struct Parser {
  const char* name;  ///< and the folder of its corpus, below tests/fuzz/parsers
  void (*read)(std::string_view bytes);
};

const std::vector<Parser>& parsers();

/// The bytes are read, or refused by a flnas::Error of one line of UTF-8. Throws std::logic_error where it is
/// otherwise; whatever else the parser throws is passed on.
void check_parser(const Parser& parser, std::string_view bytes);

}  // namespace flnas::test
