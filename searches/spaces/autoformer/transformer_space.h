#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "harness/nn/autoformer/autoformer.h"
#include "searches/llmnas/space.h"

namespace flnas::searches {

/// What a search goes by.
struct SubnetFigures {
  double latency_ms = 0;
  std::string mistrust;  ///< why a measured latency is not to be trusted; blank where nothing speaks against it
  std::map<std::string, double> proxies;  ///< to be maximised
};

/// One of AutoFormer's spaces for partitioned co-evolution. A candidate is the number under which a subnet was first
/// seen. Objectives: latency, then each proxy's negative; a proxy that is not finite is the worst.
/// Niches, as LLM-NAS divides these spaces, by width and depth:
///
///     "width-depth": 9    "width": 3    "depth": 3    "none": 1
class TransformerSpace : public llmnas::Space {
 public:
  using Evaluate = std::function<SubnetFigures(const nn::AutoFormer&)>;

  /// Throws ConfigError for an unknown space or partition, with the nearest.
  TransformerSpace(const std::string& space, const std::string& partition, Evaluate evaluate);

  int niches() const override { return static_cast<int>(niches_.size()); }
  /// Not counted: the smallest has billions.
  std::optional<std::size_t> niche_size(int) const override { return std::nullopt; }
  int niche_of(llmnas::Candidate candidate) const override;
  std::string violation(llmnas::Candidate) const override { return {}; }
  std::optional<llmnas::Candidate> sample(int niche, Random& random) const override;
  llmnas::Candidate mutate(llmnas::Candidate parent, Random& random) const override;
  llmnas::Candidate crossover(llmnas::Candidate first, llmnas::Candidate second, Random& random) const override;
  std::vector<llmnas::Candidate> neighbours(llmnas::Candidate candidate) const override;
  /// A candidate is evaluated once, however often it is asked for.
  metrics::Point objectives(llmnas::Candidate candidate) override;
  std::string text(llmnas::Candidate candidate) const override;
  llmnas::Candidate read(const std::string& text) const override;
  std::string figures(llmnas::Candidate candidate) const override;
  std::string describe() const override;
  std::string goal() const override;
  std::string niche_text(int niche) const override;

  nn::AutoFormer subnet(llmnas::Candidate candidate) const;
  /// Of an evaluated candidate.
  const SubnetFigures& evaluated(llmnas::Candidate candidate) const { return figures_.at(candidate); }

 private:
  struct Niche {
    std::vector<std::int64_t> widths, depths;
  };
  llmnas::Candidate number_of(nn::AutoFormer subnet) const;

  const nn::AutoFormerSpace& space_;
  Evaluate evaluate_;
  std::vector<Niche> niches_;
  std::unordered_map<llmnas::Candidate, SubnetFigures> figures_;
  mutable std::mutex mutex_;  ///< of what follows
  mutable std::deque<nn::AutoFormer> subnets_;
  mutable std::unordered_map<std::string, llmnas::Candidate> numbers_;
};

/// "width-depth", "width", "depth", "none"
const std::vector<std::string>& transformer_partitions();

}  // namespace flnas::searches
