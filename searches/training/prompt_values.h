#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "searches/core/archive.h"
#include "searches/core/best.h"
#include "searches/llm/prompt.h"
#include "searches/training/image_counts.h"
#include "searches/training/space_words.h"
#include "searches/training/training_detail.h"

namespace flnas::searches {

/// What FL-NAS's prompt tells besides the history.
struct PromptSetting {
  std::string data;                  ///< the data set's title
  std::vector<std::string> classes;  ///< of the task
  std::int64_t size = 224;           ///< side of the images; 0 of a table
  std::string device;                ///< "Raspberry Pi 4 Model B (4 cores, 1.5 GHz)"
  SpaceWords space;
  BestRule rule;
  PromptParts parts;
  ImageCounts counts;
  std::string recipe;      ///< recipe_text(); blank: nothing is said of the training
  std::size_t budget = 0;  ///< designs of the whole search; 0: not told
  /// The basic network's, each trained with other random numbers; fewer than two: nothing is said of repeats.
  std::vector<DesignScores> repeats;
  /// Of a design that was trained; empty: only its scores are told.
  std::function<TrainingDetail(const Evaluation&)> detail;
};

/// The texts of FL-NAS's prompt; a part that is left out, or has nothing to tell yet, is empty. A pure function of the
/// setting and the history. With the built-in template and choices a question with its refused reply and the answer
/// stays within 8,192 tokens, whatever happened before: history, groups and rules are cut to a bounded length.
std::map<std::string, std::string> prompt_values(const PromptSetting& setting, const History& history);

}  // namespace flnas::searches
