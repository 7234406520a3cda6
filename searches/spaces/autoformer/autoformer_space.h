#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "harness/nn/autoformer/autoformer.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

/// One of AutoFormer's spaces of vision transformers. A candidate is the number under which a subnet was first seen.
/// Niches, as LLM-NAS divides these spaces, by width and depth:
///
///     "width-depth": 9    "width": 3    "depth": 3    "none": 1
///
/// Source: Chen, Peng, Fu, Ling, AutoFormer, ICCV 2021, table 1.
class AutoFormerSearchSpace : public SearchSpace {
 public:
  /// `options`: classes and image size, for costs. Throws ConfigError for an unknown space or partition, with the
  /// nearest.
  AutoFormerSearchSpace(const std::string& space, const std::string& partition, nn::ModelOptions options);

  std::string name() const override { return space_.name; }
  /// Of a subnet's text, or its JSON form.
  Reading parse(const Json& architecture) const override;
  Json canonical(Candidate candidate) const override { return text(candidate); }
  std::vector<std::string> violations(Candidate) const override { return {}; }
  bool is_valid(Candidate) const override { return true; }
  CostEstimate cost(Candidate candidate) const override;

  int niches() const override { return static_cast<int>(niches_.size()); }
  int niche_of(Candidate candidate) const override;
  std::string niche_text(int niche) const override;

  std::optional<Candidate> sample(int niche, Random& random) const override;
  Candidate mutate(Candidate parent, Random& random) const override;
  Candidate crossover(Candidate first, Candidate second, Random& random) const override;
  std::vector<Candidate> neighbours(Candidate candidate) const override;
  /// Width, depth, then heads and MLP ratio of each layer of the deepest subnet.
  std::optional<TokenSequence> tokens() const override;

  std::string describe() const override;
  Json schema() const override;
  std::string text(Candidate candidate) const override;
  Reading read(std::string_view reply) const override;

  nn::AutoFormer subnet(Candidate candidate) const;

 private:
  struct Niche {
    std::vector<std::int64_t> widths, depths;
  };
  Candidate number_of(nn::AutoFormer subnet) const;

  const nn::AutoFormerSpace& space_;
  nn::ModelOptions options_;
  std::vector<Niche> niches_;
  mutable std::mutex mutex_;  ///< of what follows
  mutable std::deque<nn::AutoFormer> subnets_;
  mutable std::unordered_map<std::string, Candidate> numbers_;
};

/// "width-depth", "width", "depth", "none"
const std::vector<std::string>& autoformer_partitions();

}  // namespace flnas::searches
