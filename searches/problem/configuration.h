#pragma once

#include <string>

#include "searches/llm/llm_caller.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

/// A strategy with its settings: the unit of comparisons and ablations.
struct Configuration {
  std::string name;        ///< in comparisons: "nsga2", "no-history", "offline-no-partition"
  std::string title;       ///< "NSGA-II"
  std::string group;       ///< strategy, baseline, ablation, or other: run only where it is named
  std::string source;      ///< authors, venue, year; blank for ablations
  std::string strategy;    ///< as strategies.h names it
  bool asks = false;       ///< a language model
  bool by_niches = false;  ///< it searches each niche of the space by itself
  std::string missing;     ///< why it cannot be run: nobody answers; blank where it can

  // What an ablation changes.
  PromptParts parts;      ///< of flnas's prompt
  std::string niches;     ///< parts of the space, where it goes by niches; blank: as the problem has them
  bool knowledge = true;  ///< where it asks by niches: it keeps rules
  Emphasis emphasis = Emphasis::kTradeOff;
  bool anonymous = false;  ///< neither space, data set, device nor operations are named to the language model
  bool predictor = false;  ///< goes by predicted accuracies, where the space has a predictor

  Json settings = Json::object();  ///< the strategy's at its budget, for records
};

}  // namespace flnas::searches
