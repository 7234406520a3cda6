#include "searches/spaces/autoformer/transformer_space.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "harness/base/names.h"
#include "searches/spaces/autoformer/transformer_operators.h"

namespace flnas::searches {

using llmnas::Candidate;

const std::vector<std::string>& transformer_partitions() {
  static const std::vector<std::string> names = {"width-depth", "width", "depth", "none"};
  return names;
}

TransformerSpace::TransformerSpace(const std::string& space, const std::string& partition, Evaluate evaluate)
    : space_(nn::autoformer_space(space)), evaluate_(std::move(evaluate)) {
  find_name("partition", partition, transformer_partitions());
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

int TransformerSpace::niche_of(Candidate candidate) const {
  const nn::AutoFormer one = subnet(candidate);
  const auto holds = [&](const Niche& niche) {
    return std::count(niche.widths.begin(), niche.widths.end(), one.width) > 0 &&
           std::count(niche.depths.begin(), niche.depths.end(), one.depth()) > 0;
  };
  return static_cast<int>(std::find_if(niches_.begin(), niches_.end(), holds) - niches_.begin());
}

std::optional<Candidate> TransformerSpace::sample(int niche, Random& random) const {
  const Niche& part = niches_[static_cast<std::size_t>(niche)];
  const std::int64_t width = part.widths[random.below(part.widths.size())];
  const std::int64_t depth = part.depths[random.below(part.depths.size())];
  return number_of(random_subnet(space_, width, depth, random));
}

Candidate TransformerSpace::mutate(Candidate parent, Random& random) const {
  return number_of(mutated(subnet(parent), random));
}

Candidate TransformerSpace::crossover(Candidate first, Candidate second, Random& random) const {
  return number_of(crossed(subnet(first), subnet(second), random));
}

std::vector<Candidate> TransformerSpace::neighbours(Candidate candidate) const {
  std::vector<Candidate> all;
  for (auto& neighbour : neighbours_of(subnet(candidate))) all.push_back(number_of(std::move(neighbour)));
  return all;
}

metrics::Point TransformerSpace::objectives(Candidate candidate) {
  auto found = figures_.find(candidate);
  if (found == figures_.end()) found = figures_.emplace(candidate, evaluate_(subnet(candidate))).first;
  const SubnetFigures& figures = found->second;
  metrics::Point point = {figures.latency_ms};
  for (const auto& [name, value] : figures.proxies) {
    point.push_back(std::isfinite(value) ? -value : std::numeric_limits<double>::max());
  }
  return point;
}

std::string TransformerSpace::text(Candidate candidate) const { return subnet_text(subnet(candidate)); }

Candidate TransformerSpace::read(const std::string& text) const { return number_of(read_subnet(text, space_)); }

std::string TransformerSpace::figures(Candidate candidate) const {
  const SubnetFigures& known = figures_.at(candidate);
  std::string text = fmt::format("latency {:.2f} ms", known.latency_ms);
  for (const auto& [name, value] : known.proxies) text += fmt::format(", {} {:.4g}", name, value);
  return text;
}

std::string TransformerSpace::describe() const {
  return fmt::format(
      "A vision transformer is written WIDTH: HEADSxRATIO HEADSxRATIO ..., one HEADSxRATIO per layer, such as "
      "'{}: {}x3.5 {}x3 ...'. WIDTH is one of {}; there are {} to {} layers; HEADS is one of {}; RATIO, of the MLP's "
      "hidden width to WIDTH, is one of {}.",
      space_.widths[0], space_.heads[0], space_.heads[1], fmt::join(space_.widths, ", "), space_.depths.front(),
      space_.depths.back(), fmt::join(space_.heads, ", "), fmt::join(nn::kMlpRatios, ", "));
}

std::string TransformerSpace::goal() const {
  return "lower latency, and higher zero-cost proxies, which stand for accuracy";
}

std::string TransformerSpace::niche_text(int niche) const {
  const Niche& part = niches_[static_cast<std::size_t>(niche)];
  return fmt::format("width {}, {} layers", fmt::join(part.widths, " or "), fmt::join(part.depths, " or "));
}

nn::AutoFormer TransformerSpace::subnet(Candidate candidate) const {
  const std::lock_guard lock(mutex_);
  return subnets_.at(candidate);
}

Candidate TransformerSpace::number_of(nn::AutoFormer subnet) const {
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = numbers_.emplace(subnet_text(subnet), static_cast<Candidate>(subnets_.size()));
  if (is_new) subnets_.push_back(std::move(subnet));
  return at->second;
}

}  // namespace flnas::searches
