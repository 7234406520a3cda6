#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/records/files.h"
#include "harness/study/verifiers.h"
#include "harness/verification/verifiers.h"
#include "reports/report.h"
#include "searches/session/verifiers.h"

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
  return std::filesystem::exists(folder / kRunFile) ? fmt::format("flnas report {} OTHER-RUN --out DIR", quoted)
                                                    : "flnas report " + quoted;
}

/// Every kind of record that flnas writes, row by row: what recomputes it, layer by layer.
std::vector<Verifier> all_verifiers(const nn::Registry& models) {
  std::vector<Verifier> table;
  for (auto& rows : {record_verifiers(), study::verifiers(models), searches::verifiers(), reports::verifiers()}) {
    table.insert(table.end(), rows.begin(), rows.end());
  }
  return table;
}

}  // namespace

void add_verify(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "recompute every figure from the raw samples: VALID, or INVALID and why",
                         .examples = {"flnas verify out", "flnas verify reports/results --json"},
                         .next = "INVALID names the file, the key, and what was expected there",
                         .group = kFigures};
  add_command<VerifyRequest>(app, context, help, [](const VerifyRequest& request, const Output& output) {
    const nn::Registry models = known_models();
    const Verification found = verify_all(request, all_verifiers(models));
    fmt::print("{}", output.json ? to_json(found).dump(2) + "\n" : verification_text(found));
    if (!output.json) {
      print_next(found.failures.empty() ? next_of(request.folder)
                                        : "restore the files that are named, or make them again by their commands");
    }
    return found.failures.empty() ? 0 : 1;
  });
}

}  // namespace flnas::cli
