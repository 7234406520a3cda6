#include "searches/spaces/mlp/mlp_space.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "searches/llm/reply/read_reply.h"
#include "searches/spaces/mlp/mlp_cost.h"
#include "searches/spaces/mlp/mlp_operators.h"
#include "searches/spaces/mlp/mlp_words.h"

namespace flnas::searches {
namespace {

constexpr int kDrawsToFindOne = 2000, kDrawsOfNiche = 5000, kEditAttempts = 100;
constexpr char kWidths[] = "widths";

/// Whether every number is an integer, which get_to() would cut to one.
bool are_integers(const Json& value) {
  if (!value.is_array()) return value.is_number_integer() || !value.is_number();
  return std::all_of(value.begin(), value.end(), [](const Json& each) { return each.is_number_integer(); });
}

}  // namespace

MlpSpace::MlpSpace(MlpChoices choices, nn::ModelOptions options, int batch, int niches)
    : choices_(std::move(choices)), options_(std::move(options)), batch_(batch) {
  if (options_.columns.empty()) throw ConfigError("space mlp is for tables: images have --space cnn");
  niches_ = find_macs_niches(*this, niches);
}

const MlpSpace::Member& MlpSpace::member(Candidate candidate) const {
  const std::lock_guard lock(mutex_);
  return members_.at(candidate);  // a deque's members stay where they are
}

bool MlpSpace::has_effect(const std::string& key, const nn::Mlp& mlp) const {
  if (key == "embedding") {
    return std::any_of(options_.columns.begin(), options_.columns.end(), [](std::int64_t n) { return n > 0; });
  }
  return key == "residual" ? has_equal_widths(mlp, options_) : !mlp.widths.empty();
}

std::vector<std::string> MlpSpace::outside_choices(const nn::Mlp& mlp, const Json& design) const {
  std::vector<std::string> problems;
  const Json& widths = design[kWidths];
  require_count(problems, kWidths, "widths", widths.size(), choices_.least_blocks, choices_.most_blocks);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    require_offered(problems, fmt::format("widths[{}]", i), widths[i], choices_.width);
  }
  for (const Choice& choice : choices_.options) {
    if (has_effect(choice.key, mlp)) require_offered(problems, choice.key, design[choice.key], choice);
  }
  return problems;
}

Candidate MlpSpace::number_of(nn::Mlp mlp) const {
  const nn::Mlp off;
  mlp.name = off.name, mlp.title.clear(), mlp.source.clear();
  if (!has_effect("norm", mlp)) mlp.norm = off.norm, mlp.activation = off.activation, mlp.dropout = off.dropout;
  if (!has_effect("residual", mlp)) mlp.residual = off.residual;
  if (!has_effect("embedding", mlp)) mlp.embedding = off.embedding;
  Member made;
  made.design = config_to_json(mlp);
  for (const char* key : {"name", "title", "source"}) made.design.erase(key);
  made.hash = architecture_hash(made.design);
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = numbers_.find(made.hash); found != numbers_.end()) return found->second;
  }
  made.violations = outside_choices(mlp, made.design);
  made.cost = mlp_cost(mlp, options_, batch_);
  for (auto& broken : choices_.limits.exceeded_by(made.cost)) made.violations.push_back(std::move(broken));
  made.mlp = std::move(mlp);
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = numbers_.emplace(made.hash, static_cast<Candidate>(members_.size()));
  if (is_new) members_.push_back(std::move(made));
  return at->second;
}

Reading MlpSpace::parse(const Json& architecture) const {
  Reading reading;
  if (!architecture.is_object()) {
    reading.problems.emplace_back("expected a JSON object");
    return reading;
  }
  nn::Mlp mlp;
  for (const auto& [key, value] : architecture.items()) {
    try {
      config_from_json(mlp, Json{{key, value}}, "design");
      const bool counts = key == kWidths || key == "embedding";
      if (counts && !are_integers(value)) {
        reading.problems.push_back(fmt::format("{}: expected integers, not {}", key, value.dump()));
      }
    } catch (const ConfigError& error) {
      reading.problems.emplace_back(error.what());
    }
  }
  if (!architecture.contains(kWidths)) reading.problems.emplace_back("no key 'widths'");
  for (auto& problem : mlp.problems()) reading.problems.push_back(std::move(problem));
  if (reading.problems.empty()) reading.candidate = number_of(std::move(mlp));
  return reading;
}

int MlpSpace::niche_of(Candidate candidate) const { return static_cast<int>(niches_.of(cost(candidate).macs)); }

std::optional<Candidate> MlpSpace::sample(int niche, Random& random) const {
  if (niche == kAnywhere) return number_of(searches::sample(choices_, random));
  for (int draw = 0; draw < kDrawsOfNiche; ++draw) {
    const Candidate candidate = number_of(searches::sample(choices_, random));
    if (is_valid(candidate) && niche_of(candidate) == niche) return candidate;
  }
  return std::nullopt;
}

std::optional<Candidate> MlpSpace::sample_sensible(Random& random) const {
  return number_of(searches::sample_sensible(choices_, random));
}

Candidate MlpSpace::mutate(Candidate parent, Random& random) const {
  const Json design = canonical(parent);
  for (int i = 0; i < kEditAttempts; ++i) {
    const Candidate changed = number_of(edited(design, choices_, random));
    if (changed != parent) return changed;
  }
  return parent;
}

Candidate MlpSpace::crossover(Candidate first, Candidate second, Random& random) const {
  return number_of(searches::crossover(canonical(first), canonical(second), choices_, random));
}

std::vector<Candidate> MlpSpace::neighbours(Candidate candidate) const {
  std::vector<Candidate> found;
  for (const Json& design : searches::neighbours(canonical(candidate), choices_)) {
    const Candidate near = number_of(design);
    if (near != candidate && std::find(found.begin(), found.end(), near) == found.end()) found.push_back(near);
  }
  return found;
}

std::optional<TokenSequence> MlpSpace::tokens() const {
  TokenSequence tokens;
  tokens.options = {static_cast<int>(choices_.most_blocks - choices_.least_blocks + 1)};
  for (std::int64_t i = 0; i < choices_.most_blocks; ++i) {
    tokens.options.push_back(static_cast<int>(choices_.width.values.size()));
  }
  for (const Choice& choice : choices_.options) tokens.options.push_back(static_cast<int>(choice.values.size()));
  tokens.decode = [this](const std::vector<int>& actions) {
    const auto at = [&](std::int64_t i) { return static_cast<std::size_t>(actions[static_cast<std::size_t>(i)]); };
    const std::int64_t depth = choices_.least_blocks + actions[0];
    Json design = {{kWidths, Json::array()}};
    for (std::int64_t i = 0; i < depth; ++i) design[kWidths].push_back(choices_.width.values[at(1 + i)]);
    std::int64_t next = 1 + choices_.most_blocks;
    for (const Choice& choice : choices_.options) design[choice.key] = choice.values[at(next++)];
    return parse(design);
  };
  return tokens;
}

std::string MlpSpace::text(Candidate candidate) const { return written(canonical(candidate)); }

std::string MlpSpace::describe() const {
  const SpaceWords words = mlp_words(choices_, options_);
  const std::string limits = words.limits.empty() ? "" : fmt::format("\nLimits: {}.", words.limits);
  return fmt::format(
      "A {} is written as a JSON object like this one, which describes a basic network of the family:\n{}\n{}\n{}\n"
      "Inputs are {}. What each value may be:\n{}{}",
      words.network, words.basic, words.form, words.rules, words.inputs, words.choices, limits);
}

Reading MlpSpace::read(std::string_view reply) const {
  ReadReply read = read_object(reply, kWidths);
  if (read.architecture) return parse(*read.architecture);
  return {.candidate = {}, .problems = std::move(read.problems), .readable = false};
}

void MlpSpace::require_members() const {
  Random random(1);
  for (int i = 0; i < kDrawsToFindOne; ++i) {
    if (is_valid(number_of(searches::sample(choices_, random)))) return;
  }
  throw ConfigError(
      fmt::format("choices: none of {} random designs keeps the limits ({}): raise them, or offer fewer "
                  "and smaller widths",
                  kDrawsToFindOne, choices_.limits.text()));
}

}  // namespace flnas::searches
