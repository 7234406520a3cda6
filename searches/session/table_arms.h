#pragma once

#include <string>
#include <vector>

#include "harness/records/nas_search.h"
#include "searches/llm/llm_caller.h"
#include "searches/problem/request.h"

namespace flnas::searches {

/// A strategy as searches on tables compare it. All get the same budget of distinct valid cells; what the predictor was
/// trained on comes out of it.
struct TableArm {
  std::string name;                        ///< "nsga2"
  std::string title;                       ///< "NSGA-II"
  std::string group;                       ///< strategy, baseline, ablation, or other: run only where it is named
  std::string source;                      ///< authors, venue, year; blank for ablations
  std::string strategy;                    ///< as strategies.h names it
  std::string partition = "convolutions";  ///< see make_partition; strategies other than llmnas have none
  bool language_model = false;
  bool knowledge = true;  ///< with a language model
  Emphasis emphasis = Emphasis::kTradeOff;
  bool predictor = true;  ///< false: by validation accuracies, whole budget
  NasStrategy row;        ///< of the record
};

/// Every arm, in the order of tables.
const std::vector<TableArm>& table_arms();

/// The name of the arm that a strategy is on tables: "llmnas" without a language model is "llmnas-offline".
std::string table_arm_of(const std::string& strategy, bool has_language_model);

/// The arms asked for by name, or all but the others, with their rows; those that nobody can answer have status `not
/// measured`. Throws ConfigError for an unknown one, and for one named that nobody can answer.
std::vector<TableArm> chosen_arms(const std::vector<std::string>& names, const SearchRequest& request);

}  // namespace flnas::searches
