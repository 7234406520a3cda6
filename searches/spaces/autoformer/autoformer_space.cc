#include "searches/spaces/autoformer/autoformer_space.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "searches/llm/reply/written_architecture.h"
#include "searches/spaces/autoformer/subnet_operators.h"

namespace flnas::searches {

const std::vector<std::string>& autoformer_partitions() {
  static const std::vector<std::string> names = {"width-depth", "width", "depth", "none"};
  return names;
}

AutoFormerSearchSpace::AutoFormerSearchSpace(const std::string& space, const std::string& partition,
                                             nn::ModelOptions options)
    : space_(nn::autoformer_space(space)), options_(options) {
  find_name("partition", partition, autoformer_partitions());
  const auto parts = [](const std::vector<std::int64_t>& values, bool divided) {
    std::vector<std::vector<std::int64_t>> result;
    for (const std::int64_t value : values) result.push_back({value});
    return divided ? result : std::vector<std::vector<std::int64_t>>{values};
  };
  for (const auto& widths : parts(space_.widths, partition.rfind("width", 0) == 0)) {
    for (const auto& depths : parts(space_.depths, partition == "depth" || partition == "width-depth")) {
      niches_.push_back({widths, depths});
    }
  }
}

int AutoFormerSearchSpace::niche_of(Candidate candidate) const {
  const nn::AutoFormer one = subnet(candidate);
  const auto holds = [&](const Niche& niche) {
    return std::count(niche.widths.begin(), niche.widths.end(), one.width) > 0 &&
           std::count(niche.depths.begin(), niche.depths.end(), one.depth()) > 0;
  };
  return static_cast<int>(std::find_if(niches_.begin(), niches_.end(), holds) - niches_.begin());
}

std::optional<Candidate> AutoFormerSearchSpace::sample(int niche, Random& random) const {
  const Niche whole{space_.widths, space_.depths};
  const Niche& part = niche == kAnywhere ? whole : niches_[static_cast<std::size_t>(niche)];
  const std::int64_t width = part.widths[random.below(part.widths.size())];
  const std::int64_t depth = part.depths[random.below(part.depths.size())];
  return number_of(random_subnet(space_, width, depth, random));
}

Candidate AutoFormerSearchSpace::mutate(Candidate parent, Random& random) const {
  return number_of(mutated(subnet(parent), random));
}

Candidate AutoFormerSearchSpace::crossover(Candidate first, Candidate second, Random& random) const {
  return number_of(crossed(subnet(first), subnet(second), random));
}

std::vector<Candidate> AutoFormerSearchSpace::neighbours(Candidate candidate) const {
  std::vector<Candidate> all;
  for (auto& neighbour : neighbours_of(subnet(candidate))) all.push_back(number_of(std::move(neighbour)));
  return all;
}

std::optional<TokenSequence> AutoFormerSearchSpace::tokens() const {
  constexpr std::size_t kBefore = 2;
  TokenSequence tokens;
  tokens.options = {static_cast<int>(space_.widths.size()), static_cast<int>(space_.depths.size())};
  for (std::int64_t layer = 0; layer < space_.depths.back(); ++layer) {
    tokens.options.push_back(static_cast<int>(space_.heads.size()));
    tokens.options.push_back(static_cast<int>(std::size(nn::kMlpRatios)));
  }
  tokens.decode = [this](const std::vector<int>& actions) {
    const auto at = [&](std::size_t i) { return static_cast<std::size_t>(actions[i]); };
    nn::AutoFormer subnet{.space = space_.name, .width = space_.widths[at(0)]};
    const auto depth = static_cast<std::size_t>(space_.depths[at(1)]);
    for (std::size_t layer = 0; layer < depth; ++layer) {
      subnet.layers.push_back(
          {.heads = space_.heads[at(kBefore + 2 * layer)], .mlp_ratio = nn::kMlpRatios[at(kBefore + 2 * layer + 1)]});
    }
    return Reading{.candidate = number_of(std::move(subnet)), .problems = {}};
  };
  return tokens;
}

CostEstimate AutoFormerSearchSpace::cost(Candidate candidate) const {
  const nn::AutoFormer subnet = this->subnet(candidate);
  return {.parameters = nn::parameters_of(subnet, options_), .macs = nn::macs_of(subnet, options_).total()};
}

std::string AutoFormerSearchSpace::text(Candidate candidate) const { return subnet_text(subnet(candidate)); }

Reading AutoFormerSearchSpace::parse(const Json& architecture) const {
  try {
    return {.candidate = number_of(architecture.is_string() ? read_subnet(architecture.get<std::string>(), space_)
                                                            : nn::parse_autoformer(architecture, "subnet")),
            .problems = {}};
  } catch (const ConfigError& error) {
    return {.candidate = {}, .problems = {error.what()}};
  }
}

Reading AutoFormerSearchSpace::read(std::string_view reply) const { return read_written_architecture(reply, *this); }

std::string AutoFormerSearchSpace::describe() const {
  return fmt::format(
      "A vision transformer is written WIDTH: HEADSxRATIO HEADSxRATIO ..., one HEADSxRATIO per layer, such as "
      "'{}: {}x3.5 {}x3 ...'. WIDTH is one of {}; there are {} to {} layers; HEADS is one of {}; RATIO, of the MLP's "
      "hidden width to WIDTH, is one of {}.",
      space_.widths[0], space_.heads[0], space_.heads[1], fmt::join(space_.widths, ", "), space_.depths.front(),
      space_.depths.back(), fmt::join(space_.heads, ", "), fmt::join(nn::kMlpRatios, ", "));
}

Json AutoFormerSearchSpace::schema() const {
  std::vector<std::string> ratios;
  for (const double ratio : nn::kMlpRatios) {
    const std::string text = fmt::format("{}", ratio);
    const auto point = text.find('.');
    ratios.push_back(point == text.npos ? text : text.substr(0, point) + "\\." + text.substr(point + 1));
  }
  return {{"type", "string"},
          {"pattern",
           fmt::format("^({}):( ({})x({})){{{},{}}}$", fmt::join(space_.widths, "|"), fmt::join(space_.heads, "|"),
                       fmt::join(ratios, "|"), space_.depths.front(), space_.depths.back())}};
}

std::string AutoFormerSearchSpace::niche_text(int niche) const {
  const Niche& part = niches_[static_cast<std::size_t>(niche)];
  return fmt::format("width {}, {} layers", fmt::join(part.widths, " or "), fmt::join(part.depths, " or "));
}

nn::AutoFormer AutoFormerSearchSpace::subnet(Candidate candidate) const {
  const std::lock_guard lock(mutex_);
  return subnets_.at(candidate);
}

Candidate AutoFormerSearchSpace::number_of(nn::AutoFormer subnet) const {
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = numbers_.emplace(subnet_text(subnet), static_cast<Candidate>(subnets_.size()));
  if (is_new) subnets_.push_back(std::move(subnet));
  return at->second;
}

}  // namespace flnas::searches
