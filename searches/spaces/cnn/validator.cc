#include "searches/spaces/cnn/validator.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/base/text.h"
#include "searches/spaces/cnn/sample.h"

namespace flnas::searches {
namespace {

constexpr int kDrawsToFindOne = 2000;

/// The rule without the figures of one design: "macs", "stages[].channels".
std::string rule_of(const std::string& violation) {
  std::string rule;
  for (const char c : violation.substr(0, violation.find(':'))) {
    if (c < '0' || c > '9') rule += c;
  }
  return rule;
}

}  // namespace

Validator::Validator(Space space, nn::ModelOptions options, int batch)
    : space_(std::move(space)), options_(options), batch_(batch) {}

void Validator::check_limits(Finding& finding) const {
  const auto check = [&](const char* name, std::int64_t value, const std::optional<std::int64_t>& limit) {
    if (!limit || value <= *limit) return;
    finding.violations.push_back(
        fmt::format("{}: {} exceed the limit of {}", name, with_thousands(value), with_thousands(*limit)));
  };
  const Limits& limits = space_.choices.limits;
  check("parameters", finding.estimate.parameters, limits.parameters);
  check("macs", finding.estimate.macs, limits.macs);
  check("memory_bytes", finding.estimate.memory_bytes, limits.memory_bytes);
}

Finding Validator::judge(const Json& proposal, const History& history) const {
  Finding finding;
  finding.verdict = kInvalid;
  finding.architecture = nn::parse_architecture(proposal, finding.violations);
  if (!finding.violations.empty()) return finding;
  finding.design = canonical(finding.architecture);
  finding.hash = design_hash(finding.design);
  finding.violations = outside_choices(finding.design, space_.choices);
  try {
    finding.estimate = estimate_cost(finding.architecture, options_, batch_);
    check_limits(finding);
  } catch (const ConfigError& error) {
    finding.violations.push_back(fmt::format("shape: {}", error.what()));
  }
  const Evaluation* before = history.find(finding.hash);
  if (before != nullptr) {
    finding.violations.push_back(fmt::format("duplicate: the same design as {}", before->name));
  }
  if (finding.violations.empty()) finding.verdict = kValid;
  if (before != nullptr && finding.violations.size() == 1) finding.verdict = kRepeated;
  return finding;
}

void Validator::require_members() const {
  if (judge(nn::to_json(space_.basic), {}).verdict == kValid) return;
  std::map<std::string, int> broken;
  Random random(1);
  for (int i = 0; i < kDrawsToFindOne; ++i) {
    const Finding finding = judge(sample(space_.choices, random), {});
    if (finding.verdict == kValid) return;
    for (const auto& violation : finding.violations) ++broken[rule_of(violation)];
  }
  const auto most =
      std::max_element(broken.begin(), broken.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  throw ConfigError(
      fmt::format("choices: none of {} random designs is valid at {} px, nor is the template; the rule '{}' was "
                  "broken {} times: change its choices or limit",
                  kDrawsToFindOne, options_.size, most->first, most->second));
}

}  // namespace flnas::searches
