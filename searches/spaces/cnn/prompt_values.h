#pragma once

#include <map>
#include <string>
#include <vector>

#include "searches/core/archive.h"
#include "searches/core/best.h"
#include "searches/llm/prompt.h"
#include "searches/spaces/cnn/choices.h"

namespace flnas::searches {

/// What FL-NAS's prompt tells besides the history.
struct PromptSetting {
  std::string data;                  ///< the data set's title
  std::vector<std::string> classes;  ///< of the task
  std::int64_t size = 224;           ///< side of the images
  std::string device;                ///< "Raspberry Pi 4 Model B (4 cores, 1.5 GHz)"
  CnnDefinition space;
  BestRule rule;
  PromptParts parts;
};

/// The texts of FL-NAS's prompt; a part that is left out, or has nothing to tell yet, is empty. A pure function of the
/// setting and the history. With the built-in template and choices the prompt has at most about 20,000 characters,
/// whatever happened before: history, groups and rules are cut to a bounded number of lines.
std::map<std::string, std::string> prompt_values(const PromptSetting& setting, const History& history);

/// A design in a line: "16k3s1 batch relu max; 32k3s1 relu; flatten 64" is two stages (channels, kernel, stride, and
/// what else they are made of) and the head.
std::string design_brief(const Json& design);

/// What each value may be, a line each.
std::string choices_text(const Choices& choices);
/// "1,000 parameters, ..."; blank without limits.
std::string limits_text(const Limits& limits);

}  // namespace flnas::searches
