#include "harness/cli/transformers/verify.h"

#include <map>
#include <string>
#include <vector>

#include "harness/cli/transformers/evaluator.h"
#include "harness/cli/transformers/summary.h"
#include "harness/records/store.h"
#include "harness/verification/check.h"
#include "searches/spaces/autoformer/transformer_operators.h"

namespace flnas::cli {
namespace {

namespace fs = std::filesystem;

/// The record's summary from its subnets and the raw figures. Accuracies came from a table that is not kept.
Json computed_summary(const Json& record, const KnownFigures& raw) {
  const Json& settings = record.at("settings");
  const auto figures_of = [&](const nn::AutoFormer& subnet) {
    const std::string text = searches::subnet_text(subnet);
    const auto found = raw.find(text);
    if (found == raw.end()) throw DataError(fmt::format("{}: {} is not among them", kEvaluationsFile, text));
    return found->second;
  };
  searches::TransformerSpace space(settings.at("space"), settings.at("partition"), figures_of);
  std::vector<searches::llmnas::Candidate> order;
  std::map<std::string, double> accuracies;
  for (const Json& point : record.at("points")) {
    const auto text = point.at("subnet").get<std::string>();
    order.push_back(space.read(text));
    if (!point.at("accuracy").is_null()) accuracies[text] = point.at("accuracy").get<double>();
  }
  nn::ModelOptions options;
  options.classes = settings.at("classes");
  options.size = settings.at("size");
  return summarise_subnets(space, order, options, accuracies);
}

void check_search(Verification& found, const fs::path& root, const fs::path& folder) {
  Check check(found, root, folder);
  ++found.records;
  check.guarded(kTransformerSearchFile, "search", [&] {
    check.digest(kTransformerSearchFile);
    const Json record = read_json(folder / kTransformerSearchFile);
    const Json computed = computed_summary(record, read_evaluations(folder / kEvaluationsFile));
    for (const auto& [key, value] : computed.items()) {
      check.same(kTransformerSearchFile, key, "search", record.value(key, Json(nullptr)), value);
    }
    check.guarded(kSettingsFile, "search", [&] {
      check.same(kSettingsFile, "", "search", read_json(folder / kSettingsFile), record.at("settings"));
    });
  });
}

}  // namespace

void verify_transformer_searches(Verification& found, const fs::path& folder) {
  for (const auto& search : folders_with(kTransformerSearchFile, folder)) check_search(found, folder, search);
}

}  // namespace flnas::cli
