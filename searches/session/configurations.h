#pragma once

#include <string>
#include <vector>

#include "searches/problem/configuration.h"
#include "searches/session/request.h"

namespace flnas::searches {

/// Every configuration that comparisons know by name, in the order of tables: each strategy as it is, and
///
///     by training   FL-NAS with parts of its prompt left out (group ablation)
///     by table      LLM-NAS without a language model; plain prompting (baseline); LLM-NAS and others without niches,
///                   rules or predictor (ablation). All have the same budget: a predictor's cells come out of it.
std::vector<Configuration> configurations(const std::string& evaluator);

/// `flnas search STRATEGY`: where nobody answers, the strategy's first configuration that asks nobody: on tables llmnas
/// is "llmnas-offline" then.
Configuration single_configuration(const SearchRequest& request);

/// Those asked for by name, in the space's order; where none is, the space's usual ones, of which those that nobody can
/// answer are missing. Throws ConfigError for an unknown one, and for one named that nobody can answer.
std::vector<Configuration> compared_configurations(const std::vector<std::string>& names, const SearchRequest& request);

/// What an ablation compares: what is whole, and without one part each.
std::vector<Configuration> ablated_configurations(const SearchRequest& request);

}  // namespace flnas::searches
