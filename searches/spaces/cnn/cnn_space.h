#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "harness/nn/registry.h"
#include "searches/core/search_space.h"
#include "searches/spaces/cnn/designs/choices.h"
#include "searches/training/macs_niches.h"

namespace flnas::searches {

/// Small convolutional networks: FL-NAS's space. A candidate is the number under which a design was first seen; a
/// design that keeps the schema is a member, and breaks rules where it leaves the choices, does not fit or exceeds a
/// limit:
///
///     schema -> choices | shapes -> parameters, MACs, memory
///
/// All problems are reported at once, so that they can be corrected in one step. Takes well under a millisecond;
/// nothing is built. Source: FL-NAS, arXiv 2402.06696. Differs: the paper does not list its choices; see choices.json.
class CnnSpace : public SearchSpace {
 public:
  /// `batch`: of training, for the memory limit. `niches`: parts by multiply-accumulates. `frozen_head`: stages of the
  /// template that every design of a token sequence begins with.
  /// Throws ConfigError for a frozen head that is longer than the template or leaves no stage to choose, and as
  /// macs_niches.
  CnnSpace(CnnDefinition definition, nn::ModelOptions options, int batch, int niches = 1, int frozen_head = 0);

  std::string name() const override { return "cnn"; }

  Reading parse(const Json& architecture) const override;
  Json canonical(Candidate candidate) const override { return member(candidate).design; }
  std::string hash(Candidate candidate) const override { return member(candidate).hash; }
  std::vector<std::string> violations(Candidate candidate) const override { return member(candidate).violations; }
  bool is_valid(Candidate candidate) const override { return member(candidate).violations.empty(); }
  CostEstimate cost(Candidate candidate) const override { return member(candidate).cost; }
  const nn::Architecture& architecture(Candidate candidate) const { return member(candidate).architecture; }

  int niches() const override { return static_cast<int>(niches_.count()); }
  int niche_of(Candidate candidate) const override;
  std::string niche_text(int niche) const override { return niches_.text(static_cast<std::size_t>(niche)); }
  const MacsNiches& macs_niches() const { return niches_; }

  std::optional<Candidate> sample(int niche, Random& random) const override;
  std::optional<Candidate> sample_sensible(Random& random) const override;
  Candidate mutate(Candidate parent, Random& random) const override;
  Candidate crossover(Candidate first, Candidate second, Random& random) const override;
  std::vector<Candidate> neighbours(Candidate candidate) const override;
  std::optional<TokenSequence> tokens() const override;

  std::string describe() const override;
  Json schema() const override;
  std::string text(Candidate candidate) const override { return member(candidate).design.dump(); }
  Reading read(std::string_view reply) const override;

  const CnnDefinition& definition() const { return definition_; }
  const nn::ModelOptions& options() const { return options_; }

  /// Throws ConfigError where none of many random designs is valid, nor the template: the choices or their limits
  /// contradict each other at this image size. Names the rule that was broken most often.
  void require_members() const;

 private:
  struct Member {
    nn::Architecture architecture;
    Json design;  ///< canonical
    std::string hash;
    CostEstimate cost;  ///< zero where the shapes do not fit
    std::vector<std::string> violations;
  };
  const Member& member(Candidate candidate) const;
  Candidate number_of(nn::Architecture architecture) const;
  /// Of a design that keeps the schema.
  Candidate number_of(const Json& design) const { return *parse(design).candidate; }

  CnnDefinition definition_;
  nn::ModelOptions options_;
  int batch_;
  MacsNiches niches_;
  int frozen_head_;
  mutable std::mutex mutex_;  ///< of what follows
  mutable std::deque<Member> members_;
  mutable std::unordered_map<std::string, Candidate> numbers_;  ///< by hash
};

}  // namespace flnas::searches
