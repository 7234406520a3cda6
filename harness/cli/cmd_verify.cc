#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/study/verify_all.h"
#include "harness/study/verify_models.h"
#include "searches/session/session.h"

namespace flnas::cli {
namespace {

std::string verification_text(const Verification& found) {
  std::string text;
  std::map<std::string, std::vector<std::string>> skipped;  // files by reason
  for (const auto& why : found.skipped) {
    const std::size_t colon = why.find(": ");
    skipped[colon == why.npos ? "" : why.substr(colon + 2)].push_back(why.substr(0, colon));
  }
  for (const auto& [reason, files] : skipped) {
    text += "skipped " + files[0];
    if (files.size() > 1) text += fmt::format(" and {} more", files.size() - 1);
    text += (reason.empty() ? "" : ": ") + reason + "\n";
  }
  for (const auto& failure : found.failures) {
    text += fmt::format("{}{}{}: {} [{}]\n", failure.file, failure.where.empty() ? "" : ", ", failure.where,
                        failure.message, failure.rule);
  }
  if (found.failures.empty()) return text + fmt::format("VALID: {} records recomputed\n", found.records);
  return text + fmt::format("INVALID: {} failures in {} records\n", found.failures.size(), found.records);
}

/// The report of what is VALID, or how to get one.
std::string next_of(const std::filesystem::path& folder) {
  const std::filesystem::path page = folder / "report/report.html";
  const std::string quoted = shell_quote(folder.string());
  if (std::filesystem::exists(page)) return "open " + shell_quote(page.string());
  return std::filesystem::exists(folder / "run.json") ? fmt::format("flnas report {} OTHER-RUN --out DIR", quoted)
                                                      : "flnas report " + quoted;
}

/// What other layers recompute: the counts of the models that the program knows, and searches.
std::vector<study::Verifier> other_verifiers(const nn::Registry& registry) {
  return {study::verify_models(registry), [](Verification& found, const study::VerifyRequest& request) {
            searches::verify_all_searches(found, request.folder, request.adapter, request.tables);
          }};
}

}  // namespace

void add_verify(CLI::App& app, Context& context) {
  using study::VerifyRequest;
  const CommandHelp help{.summary = "recompute every figure from the raw samples: VALID, or INVALID and why",
                         .examples = {"flnas verify out", "flnas verify reports/results --json"},
                         .next = "INVALID names the file, the key, and what was expected there",
                         .group = kFigures};
  add_command<VerifyRequest>(app, context, help, [](const VerifyRequest& request, const Output& output) {
    const nn::Registry models = known_models();
    const Verification found = study::verify_all(request, other_verifiers(models));
    fmt::print("{}", output.json ? study::to_json(found).dump(2) + "\n" : verification_text(found));
    if (!output.json) {
      print_next(found.failures.empty() ? next_of(request.folder)
                                        : "restore the files that are named, or make them again by their commands");
    }
    return found.failures.empty() ? 0 : 1;
  });
}

}  // namespace flnas::cli
