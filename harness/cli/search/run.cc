#include "harness/cli/search/run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/base/command_line.h"
#include "harness/base/text.h"
#include "harness/cli/options.h"
#include "searches/core/summary.h"

namespace flnas::cli {
namespace {

std::string reported_text(const Json& record) {
  if (!record.contains("reported")) return {};
  std::string text = "on the test subset, which the search has not seen [95 % intervals]:\n";
  const auto cell = [](const Json& metric) {
    if (metric["value"].is_null()) return std::string("-");
    if (metric["low"].is_null()) return fmt::format("{:.4f}", metric["value"].get<double>());
    return fmt::format("{:.4f} [{:.4f}, {:.4f}]", metric["value"].get<double>(), metric["low"].get<double>(),
                       metric["high"].get<double>());
  };
  for (const Json& design : record["reported"]) {
    const Json& test = design["test"];
    text += fmt::format("  {}  accuracy {}  balanced {}  Unfairness {}\n", design["name"].get<std::string>(),
                        cell(test["accuracy"]), cell(test["balanced_accuracy"]), cell(test["unfairness_sum"]));
  }
  return text;
}

/// What the questions took, of all sittings; blank without a ledger.
std::string ledger_text(const Json& record) {
  if (!record.contains("ledger")) return {};
  const Json& ledger = record["ledger"];
  std::string text = fmt::format("{} calls paid, {} answered from a recording, {} failed", ledger["calls"].dump(),
                                 ledger["recorded"].dump(), ledger["failed"].dump());
  if (!ledger["cost"].is_null()) text += fmt::format("; cost by --llm-prices {:.4f}", ledger["cost"].get<double>());
  return text + "\n";
}

std::string partition_text(const Json& partition) {
  std::string text = "niches by multiply-accumulates:\n";
  for (const Json& niche : partition["niches"]) {
    text += fmt::format("  from {:>13}: {} designs, {} of them in its archive\n",
                        with_thousands(niche["least_macs"].get<long long>()), niche["evaluated"].dump(),
                        niche["archive"].size());
  }
  return text + fmt::format("merged front: {}\n", fmt::join(partition["merged"].get<std::vector<std::string>>(), ", "));
}

}  // namespace

void add_image_search_options(CLI::App& command, SearchRequest& request, bool required) {
  command.add_option("--data", request.data.folder, "folder with the images and their tables")->required(required);
  command.add_option("--split", request.data.split, "file that `flnas dataset split` wrote")->required(required);
  command.add_option("--adapter", request.data.adapter, "data set: a known name or an adapter .json")
      ->capture_default_str();
  command.add_option("--iterations", request.search.iterations, "distinct valid designs to evaluate")
      ->capture_default_str();
  command.add_option("--attempts", request.search.attempts, "proposals of a paid designer before a round is given up")
      ->capture_default_str();
  command.add_option("--target", request.target, "device of the latencies: a platform's name or .json, or none")
      ->capture_default_str();
  command.add_option("--best", request.best, "designs to report: paper (top three) or pareto (the front)")
      ->capture_default_str();
  command.add_option("--template", request.template_file, "architecture .json to start from (default: built in)");
  command.add_option("--choices", request.choices_file, "choices .json (default: searches/spaces/cnn/choices.json)");
  add_options(command, request.train);
}

std::vector<std::string> image_search_flags(const SearchRequest& request) {
  std::vector<std::string> words;
  const auto add = [&](const char* flag, const std::string& value, const std::string& unchanged = "") {
    if (value != unchanged) words.insert(words.end(), {flag, value});
  };
  add("--data", request.data.folder.string());
  add("--split", request.data.split.string());
  add("--out", request.out.string());
  add("--adapter", request.data.adapter, DataSource{}.adapter);
  const searches::SearchConfig unchanged;
  add("--iterations", fmt::format("{}", request.search.iterations), fmt::format("{}", unchanged.iterations));
  add("--attempts", fmt::format("{}", request.search.attempts), fmt::format("{}", unchanged.attempts));
  add("--target", request.target, SearchRequest{}.target);
  add("--best", request.best, SearchRequest{}.best);
  add("--prompt", request.prompt.string());
  add("--template", request.template_file.string());
  add("--choices", request.choices_file.string());
  add("--frozen-head", fmt::format("{}", request.frozen_head), "0");
  for (auto& flag : chat_flags(request.chat)) words.push_back(std::move(flag));
  for (auto& flag : arguments_of(request.train)) words.push_back(std::move(flag));
  return words;
}

/// Whether the budget was used up; says on stderr why not.
bool is_complete(const std::string& name, const Json& record) {
  if (record["status"] == "finished") return true;
  fmt::print(stderr, "error: {} ended early: {}\n", name, record["reason"].get<std::string>());
  return false;
}

void run_image_search(const SearchRequest& request, const std::string& designer, bool json, int& exit_code) {
  const SearchSession session(request);
  const auto evaluator = session.evaluator(request.out, request.train.seed);
  SearchArm arm;
  arm.name = request.niches > 0 ? "llmnas" : designer;
  arm.designer = designer;
  arm.seed = request.train.seed;
  arm.folder = request.out;
  const auto [record, failure] = session.run(arm, *evaluator);
  if (failure) std::rethrow_exception(failure);
  if (json) {
    fmt::print("{}\n", record.dump(2));
  } else {
    fmt::print("{}{}{}", searches::summary_text(record), ledger_text(record), reported_text(record));
    if (record.contains("partition")) fmt::print("{}", partition_text(record["partition"]));
    if (!record["best"].is_null()) fmt::print("design: {}\n", (request.out / "best.json").string());
  }
  if (!is_complete(arm.name, record)) exit_code = 1;
}

}  // namespace flnas::cli
