#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/study/verify_all.h"
#include "searches/session/verify_proxies.h"
#include "searches/session/verify_searches.h"
#include "searches/session/verify_tables.h"

namespace flnas::cli {
namespace {

std::string verification_text(const Verification& found) {
  std::string text;
  for (const auto& why : found.skipped) text += "skipped " + why + "\n";
  for (const auto& failure : found.failures) {
    text += fmt::format("{}{}{}: {} [{}]\n", failure.file, failure.where.empty() ? "" : ", ", failure.where,
                        failure.message, failure.rule);
  }
  if (found.failures.empty()) return text + fmt::format("VALID: {} records recomputed\n", found.records);
  return text + fmt::format("INVALID: {} failures in {} records\n", found.failures.size(), found.records);
}

/// What the searches' layer recomputes.
std::vector<study::Verifier> search_verifiers() {
  using study::VerifyRequest;
  return {[](Verification& found, const VerifyRequest& r) { searches::verify_searches(found, r.folder, r.adapter); },
          [](Verification& found, const VerifyRequest& r) { searches::verify_proxy_searches(found, r.folder); },
          [](Verification& found, const VerifyRequest& r) { searches::verify_nas_tables(found, r.folder, r.tables); }};
}

}  // namespace

void add_verify(CLI::App& app, Context& context) {
  using study::VerifyRequest;
  const CommandHelp help{.summary = "recompute every figure from the raw samples: VALID, or INVALID and why",
                         .examples = {"flnas verify out", "flnas verify reports/results --json"},
                         .next = "INVALID names the file, the key, and what was expected there",
                         .group = kFigures};
  add_command<VerifyRequest>(app, context, help, [](const VerifyRequest& request, const Output& output) {
    const Verification found = study::verify_all(request, search_verifiers());
    fmt::print("{}", output.json ? study::to_json(found).dump(2) + "\n" : verification_text(found));
    if (!output.json && found.failures.empty() && std::filesystem::exists(request.folder / "report/report.html")) {
      fmt::print(stderr, "next: open {}\n", (request.folder / "report/report.html").string());
    }
    return found.failures.empty() ? 0 : 1;
  });
}

}  // namespace flnas::cli
