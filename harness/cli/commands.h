// The programs: one file per subcommand. This layer alone sees all others and wires them together.
#pragma once

#include <CLI/App.hpp>

namespace flnas::cli {

// Each function adds one subcommand. Its callback runs after parsing, writes results to stdout and progress to
// stderr, may throw flnas::Error, and may set `exit_code` (0 done, 1 ran but failed or INVALID, 3 unusable data).
void add_dataset(CLI::App& app, int& exit_code);
void add_models(CLI::App& app, int& exit_code);
void add_train(CLI::App& app, int& exit_code);
void add_evaluate(CLI::App& app, int& exit_code);
void add_metrics(CLI::App& app, int& exit_code);
void add_measure(CLI::App& app, int& exit_code);
void add_pareto(CLI::App& app, int& exit_code);
void add_proxies(CLI::App& app, int& exit_code);
void add_reproduce(CLI::App& app, int& exit_code);
void add_report(CLI::App& app, int& exit_code);
void add_search(CLI::App& app, int& exit_code);
void add_verify(CLI::App& app, int& exit_code);

}  // namespace flnas::cli
