#pragma once

#include <string>
#include <string_view>

namespace flnas::searches {

/// A server's key. It comes from the environment only, so that it is in no command line, file or record.
struct ChatKey {
  std::string value;     ///< blank: none is set
  std::string variable;  ///< FLNAS_LLM_KEY or OPENAI_API_KEY
};

/// FLNAS_LLM_KEY, else OPENAI_API_KEY. Throws ConfigError where it holds anything but visible ASCII, without showing
/// it.
ChatKey key_from_environment();

/// The text with "[key]" in place of secrets: both variables' values where they have 8 characters or more, what
/// follows "Bearer ", and words like "sk-...". Everything that a server says goes through it before it is kept or
/// shown.
std::string redact(std::string_view text);

}  // namespace flnas::searches
