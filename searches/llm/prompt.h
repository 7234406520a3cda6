#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "searches/llm/chat/chat.h"

namespace flnas::searches {

using ChatMessages = std::vector<ChatMessage>;

inline constexpr char kDesignPrompt[] = "searches/llm/prompts/design.txt";  ///< FL-NAS's, of space cnn

/// The names that a prompt's template may use; searches/llm/prompts/README.md says what they stand for.
const std::vector<std::string>& prompt_names();

/// Which parts of the prompt are there: everything by default; an ablation leaves some out.
struct PromptParts {
  /// none, brief (one sentence) or full (the order of priorities, the weakest group). The table of the groups is a part
  /// of its own.
  std::string fairness = "full";
  bool hardware = true;  ///< the device, its limits, and what designs cost
  bool metrics = true;   ///< of the best design, and of those that were tried before
  bool groups = true;    ///< accuracy and size of each group
  bool history = true;   ///< designs that were tried before

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("fairness", self.fairness), visit("hardware", self.hardware), visit("metrics", self.metrics);
    visit("groups", self.groups), visit("history", self.history);
  }
};

/// A prompt's text with places to fill in. `{{name}}` stands for a value; `{{#name}}...{{/name}}` is there only where
/// the value is not empty; lines that hold nothing but such a mark vanish. A line `---` ends the system message;
/// without one the whole is the user's message. The names are in searches/llm/prompts/README.md.
class PromptTemplate {
 public:
  /// Blank: the built-in file `standard`. Throws ConfigError: no such file; a name that is unknown (naming the
  /// nearest), opened and not closed, or closed and not opened.
  static PromptTemplate load(const std::filesystem::path& file = {}, const std::string& standard = kDesignPrompt);
  static PromptTemplate parse(std::string text, const std::string& where);

  const std::string& text() const { return text_; }

  /// The system message, where there is one, and the user's. A name without a value is empty.
  ChatMessages fill(const std::map<std::string, std::string>& values) const;

 private:
  std::string text_;
};

/// What goes back after a proposal was refused: the broken rules, about 2,400 characters of them at most.
std::string refusal(const std::vector<std::string>& violations);

/// What of the refused reply itself goes back: its end, where the design stands, at most 1,500 bytes of UTF-8.
std::string refused_reply(const std::string& reply);

}  // namespace flnas::searches
