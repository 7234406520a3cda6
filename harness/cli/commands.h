// The commands, one file each. This layer parses and prints; the work of a command is a function of a layer below
// (harness/README.md). It is the only layer that sees all others.
#pragma once

#include "harness/cli/command.h"

namespace flnas::cli {

/// Headings of the program's help.
inline constexpr char kData[] = "Data", kModels[] = "Models and training", kSearches[] = "Searches",
                      kFigures[] = "Figures and reports", kMore[] = "More";

// Each function adds one subcommand.
void add_dataset(CLI::App& app, Context& context);
void add_models(CLI::App& app, Context& context);
void add_train(CLI::App& app, Context& context);
void add_evaluate(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_metrics(CLI::App& app, Context& context);
void add_measure(CLI::App& app, Context& context);
void add_pareto(CLI::App& app, Context& context);
void add_proxies(CLI::App& app, Context& context);
void add_reproduce(CLI::App& app, Context& context);
void add_report(CLI::App& app, Context& context);
void add_search(CLI::App& app, Context& context);
void add_verify(CLI::App& app, Context& context);
void add_completion(CLI::App& app, Context& context);

}  // namespace flnas::cli
