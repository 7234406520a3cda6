#pragma once

#include <string_view>

namespace flnas::test {

/// Sends a text through everything that reads foreign text: read_reply, the validator with the built-in space, and
/// where the shapes fit pytorch_source and read_reply again. Throws std::logic_error where a promise is broken:
///   - an architecture or problems, never both, never neither;
///   - problems and violations are one line of valid UTF-8 each;
///   - the PyTorch source is read back without a problem, with the same parameters and MACs.
void check_reply(std::string_view text);

}  // namespace flnas::test
