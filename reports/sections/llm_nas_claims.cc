// What LLM-NAS reports, beside what these searches came to.
#include "reports/data/claims.h"
#include "reports/sections/nas_figures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr const char* kNone = "–";

/// "{llmnas} against {random}" with the strategies' titles.
std::string with_titles(const NasSearchRecord& record, std::string text) {
  for (auto at = text.find('{'); at != text.npos; at = text.find('{', at)) {
    const auto end = text.find('}', at);
    const std::string title = strategy_title(record, text.substr(at + 1, end - at - 1));
    text.replace(at, end - at + 1, title);
    at += title.size();
  }
  return text;
}

Row row_of(const NasSearch& nas, const ClaimTable& figures, const Claim& claim, const Reading& reading) {
  const Audit found = audit(reading, figures);
  const auto dot = reading.value.find('.');  // one figure, without arithmetic
  Cell ours = nas_figure(nas, reading.value.substr(0, dot), reading.value.substr(dot + 1)).cell;
  const std::string verdict = reading.holds.empty() ? kNone : found.holds ? verdict_of(found) : kNotMeasured;
  return {.key = reading.id,
          .label = with_titles(nas.record, reading.text),
          .group = claim.text,
          .cells = {words(reading.says.empty() ? kNone : reading.says), std::move(ours), words(verdict),
                    words(reading.meaning)}};
}

}  // namespace

Table llm_nas_claims_table(const NasSearch& nas) {
  Table table{
      .id = slug("llm_nas_claims", nas.folder),
      .title = "LLM-NAS's claims beside these searches",
      .caption =
          "The paper (arXiv 2510.01472) states neither the reference point nor the normalisation of its hypervolume, "
          "so that its values stand here for orientation; ours are shares of the true front's. A comparison holds "
          "where "
          "the 95 % interval over seeds lies on the claim's side of zero, fails where it lies on the other one, and is "
          "not settled otherwise. What needs a language model and had none is not measured.",
      .row_title = "Claim"};
  table.columns = {
      {.key = "paper", .title = "Paper", .words = true},
      {.key = "ours", .title = "Ours", .note = "%", .format = {.digits = 1, .scale = 100}, .interval = true},
      {.key = "verdict", .title = "Verdict", .words = true},
      {.key = "reading", .title = "What ours is", .words = true}};
  const ClaimTable figures = nas_claim_table(nas);
  for (const Claim& claim : llm_nas_claims()) {
    if (!claim.cost.empty() && claim.cost != nas.record.cost) continue;
    for (const Reading& reading : claim.readings) table.rows.push_back(row_of(nas, figures, claim, reading));
  }
  return table;
}

}  // namespace flnas::reports
