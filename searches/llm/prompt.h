#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "searches/core/best.h"
#include "searches/spaces/cnn/design.h"
#include "searches/spaces/cnn/space.h"

namespace flnas::searches {

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

/// What a prompt tells besides the history.
struct PromptSetting {
  std::string data;                  ///< the data set's title
  std::vector<std::string> classes;  ///< of the task
  std::int64_t size = 224;           ///< side of the images
  std::string device;                ///< "Raspberry Pi 4 Model B (4 cores, 1.5 GHz)"
  Space space;
  BestRule rule;
  PromptParts parts;
};

/// A prompt's text with places to fill in. `{{name}}` stands for a value; `{{#name}}...{{/name}}` is there only where
/// the value is not empty; lines that hold nothing but such a mark vanish. A line `---` ends the system message;
/// without one the whole is the user's message. The names are in searches/llm/prompts/README.md.
class PromptTemplate {
 public:
  /// Blank: the built-in searches/llm/prompts/design.txt. Throws ConfigError: no such file; a name that is unknown
  /// (naming the nearest), opened and not closed, or closed and not opened.
  static PromptTemplate load(const std::filesystem::path& file = {});
  static PromptTemplate parse(std::string text, const std::string& where);

  const std::string& text() const { return text_; }

  struct Messages {
    std::string system, user;
    bool operator==(const Messages&) const = default;
  };
  /// A pure function of the setting and the history. At most about 20,000 characters with the built-in template and
  /// choices, whatever happened before: history, groups and rules are cut to a bounded number of lines.
  Messages fill(const PromptSetting& setting, const History& history) const;

 private:
  std::string text_;
};

/// What goes back to a designer whose proposal was refused: the broken rules, about 2,400 characters of them at most.
std::string refusal(const Proposal& refused);

/// What of the refused reply itself goes back: its end, where the design stands, at most 1,500 bytes of UTF-8.
std::string refused_reply(const Proposal& refused);

}  // namespace flnas::searches
