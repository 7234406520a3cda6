#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace flnas::searches {

struct PyArgument;

/// A value in Python's syntax, as far as layer lists need it: names, calls, numbers and arithmetic on them, texts,
/// True, False, None, tuples and lists. Names are not looked up, calls are not made.
struct PyValue {
  enum class Kind { kInteger, kFloat, kBool, kNone, kText, kName, kCall, kList };

  Kind kind = Kind::kNone;
  std::int64_t integer = 0;       ///< kInteger, and kBool as 0 or 1; between -10^15 and 10^15
  double number = 0;              ///< kInteger and kFloat
  std::string text;               ///< kText; kName and kCall: the last part of a dotted name; "?" for other expressions
  std::vector<PyValue> items;     ///< kCall: positional arguments; kList: elements
  std::vector<PyArgument> named;  ///< kCall: keyword arguments
  std::size_t line = 0;           ///< in the whole text, from 1
};

struct PyArgument {
  std::string name;
  PyValue value;
};

/// The value as Python would write it, without the arguments of calls.
std::string describe(const PyValue& value);

/// What a search for calls in a text found.
struct FoundCall {
  PyValue call;  ///< the last complete one at the top level with arguments; without any, the first
  bool found = false;
  std::string error;  ///< of the one that came furthest before it broke off; blank where none did
};

/// Looks at each `name(` outside of complete calls. Values nest at most 32 deep; after 1000
/// that break off, or work of 64 times the text, the rest is not looked at.
FoundCall find_call(std::string_view text, std::string_view name);

}  // namespace flnas::searches
