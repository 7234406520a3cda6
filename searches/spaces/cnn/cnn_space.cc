#include "searches/spaces/cnn/cnn_space.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/base/error.h"
#include "searches/llm/reply/read_reply.h"
#include "searches/spaces/cnn/block_sequence.h"
#include "searches/spaces/cnn/choices_schema.h"
#include "searches/spaces/cnn/designs/design.h"
#include "searches/spaces/cnn/designs/estimate.h"
#include "searches/spaces/cnn/designs/sample.h"
#include "searches/spaces/cnn/designs/sensible.h"
#include "searches/spaces/cnn/space_text.h"

namespace flnas::searches {
namespace {

constexpr int kDrawsToFindOne = 2000;
constexpr int kDrawsOfNiche = 5000;

/// The rule without the figures of one design: "macs", "stages[].channels".
std::string rule_of(const std::string& violation) {
  std::string rule;
  for (const char c : violation.substr(0, violation.find(':'))) {
    if (c < '0' || c > '9') rule += c;
  }
  return rule;
}

}  // namespace

CnnSpace::CnnSpace(CnnDefinition definition, nn::ModelOptions options, int batch, int niches, int frozen_head)
    : definition_(std::move(definition)), options_(options), batch_(batch), frozen_head_(frozen_head) {
  require_frozen_head(definition_, frozen_head_);
  niches_ = find_macs_niches(*this, niches);
}

const CnnSpace::Member& CnnSpace::member(Candidate candidate) const {
  const std::lock_guard lock(mutex_);
  return members_.at(candidate);  // a deque's members stay where they are
}

Candidate CnnSpace::number_of(nn::Architecture architecture) const {
  Member made;
  made.design = searches::canonical(architecture);
  made.hash = architecture_hash(made.design);
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = numbers_.find(made.hash); found != numbers_.end()) return found->second;
  }
  made.violations = outside_choices(made.design, definition_.choices);
  try {
    made.cost = estimate_cost(architecture, options_, batch_);
    for (auto& broken : definition_.choices.limits.exceeded_by(made.cost)) {
      made.violations.push_back(std::move(broken));
    }
  } catch (const ConfigError& error) {
    made.violations.push_back(fmt::format("shape: {}", error.what()));
  }
  made.architecture = std::move(architecture);
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = numbers_.emplace(made.hash, static_cast<Candidate>(members_.size()));
  if (is_new) members_.push_back(std::move(made));
  return at->second;
}

Reading CnnSpace::parse(const Json& architecture) const {
  Reading reading;
  nn::Architecture parsed = nn::parse_architecture(architecture, reading.problems);
  if (reading.problems.empty()) reading.candidate = number_of(std::move(parsed));
  return reading;
}

int CnnSpace::niche_of(Candidate candidate) const { return static_cast<int>(niches_.of(cost(candidate).macs)); }

std::optional<Candidate> CnnSpace::sample(int niche, Random& random) const {
  const Choices& choices = definition_.choices;
  if (niche == kAnywhere) return number_of(searches::sample(choices, random));
  for (int draw = 0; draw < kDrawsOfNiche; ++draw) {
    const Candidate candidate = number_of(searches::sample(choices, random));
    if (is_valid(candidate) && niche_of(candidate) == niche) return candidate;
  }
  return std::nullopt;
}

std::optional<Candidate> CnnSpace::sample_sensible(Random& random) const {
  return number_of(searches::sample_sensible(definition_.choices, random));
}

Candidate CnnSpace::mutate(Candidate parent, Random& random) const {
  return number_of(searches::mutate(member(parent).design, definition_.choices, random));
}

Candidate CnnSpace::crossover(Candidate first, Candidate second, Random& random) const {
  return number_of(searches::crossover(member(first).design, member(second).design, definition_.choices, random));
}

std::vector<Candidate> CnnSpace::neighbours(Candidate candidate) const {
  std::vector<Candidate> found;
  for (const Json& design : searches::neighbours(member(candidate).design, definition_.choices)) {
    found.push_back(number_of(design));
  }
  return found;
}

std::optional<TokenSequence> CnnSpace::tokens() const {
  const BlockSequence blocks(definition_, frozen_head_);
  return TokenSequence{.options = blocks.options(), .decode = [this, blocks](const std::vector<int>& actions) {
                         return parse(blocks.decode(actions));
                       }};
}

std::string CnnSpace::describe() const {
  const Choices& choices = definition_.choices;
  const std::string forms = forms_text(choices, /*costs=*/true), limits = choices.limits.text();
  return fmt::format(
      "A convolutional network is written as a JSON object like this one, which describes a basic network of the "
      "family:\n{}\n`stages` are applied in order; each is its form, with the normalisation and the activation after "
      "each convolution, then 2x2 pooling, then dropout of whole channels. `head` goes from the last feature map to "
      "the {} classes: `reduce`, then a linear layer of each width in `hidden`; the output layer is added.\n{}{}What "
      "each "
      "value may be:\n{}\nA stage's padding is at most half its kernel; the form residual needs (kernel - 1) / 2. "
      "Images are {} x {} pixels; no feature map may shrink below one pixel.{}",
      searches::canonical(definition_.basic).dump(), options_.classes, forms, forms.empty() ? "" : "\n",
      choices_text(choices), options_.size, options_.size, limits.empty() ? "" : fmt::format(" Limits: {}.", limits));
}

Json CnnSpace::schema() const { return choices_schema(definition_.choices); }

Reading CnnSpace::read(std::string_view reply) const {
  ReadReply read = read_reply(reply, options_);
  if (read.architecture) return parse(*read.architecture);
  return {.candidate = {}, .problems = std::move(read.problems), .readable = false};
}

void CnnSpace::require_members() const {
  if (is_valid(number_of(definition_.basic))) return;
  std::map<std::string, int> broken;
  Random random(1);
  for (int i = 0; i < kDrawsToFindOne; ++i) {
    const Candidate candidate = number_of(searches::sample(definition_.choices, random));
    if (is_valid(candidate)) return;
    for (const auto& violation : violations(candidate)) ++broken[rule_of(violation)];
  }
  const auto most =
      std::max_element(broken.begin(), broken.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  throw ConfigError(
      fmt::format("choices: none of {} random designs is valid at {} px, nor is the template; the rule '{}' was "
                  "broken {} times: change its choices or limit",
                  kDrawsToFindOne, options_.size, most->first, most->second));
}

}  // namespace flnas::searches
