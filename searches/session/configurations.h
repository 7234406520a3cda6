#pragma once

#include <string>
#include <vector>

#include "searches/problem/configuration.h"
#include "searches/problem/request.h"

namespace flnas::searches {

/// Every configuration that a space's comparisons know by name, in the order of tables: each strategy as it is, and
///
///     cnn             FL-NAS with parts of its prompt left out (group ablation)
///     nas_bench_201   LLM-NAS without a language model; plain prompting (baseline); LLM-NAS and others without niches,
///                     rules or predictor (ablation). All have the same budget: a predictor's cells come out of it.
std::vector<Configuration> configurations(const std::string& space);

/// `flnas search STRATEGY`: on tables llmnas without a language model is "llmnas-offline".
Configuration single_configuration(const SearchRequest& request);

/// Those asked for by name, in the space's order; where none is, the space's usual ones, of which those that nobody can
/// answer are missing. Throws ConfigError for an unknown one, and for one named that nobody can answer.
std::vector<Configuration> compared_configurations(const std::vector<std::string>& names, const SearchRequest& request);

/// What an ablation compares: what is whole, and without one part each.
std::vector<Configuration> ablated_configurations(const SearchRequest& request);

}  // namespace flnas::searches
