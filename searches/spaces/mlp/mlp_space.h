#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "harness/nn/mlp/mlp.h"
#include "harness/nn/registry.h"
#include "searches/core/search_space.h"
#include "searches/spaces/mlp/mlp_choices.h"
#include "searches/training/macs_niches.h"

namespace flnas::searches {

/// Multilayer perceptrons for the rows of a table, down to logistic regression. A candidate is the number under which a
/// design was first seen. What has no effect in a design stands in its canonical form as if it were off: norm,
/// activation and dropout without hidden layers, `residual` without layers of equal width, `embedding` without a column
/// of categories; so two designs are the same network exactly when their forms are equal.
/// The canonical form is an nn::Mlp's file without names; a reply may leave "format" out.
class MlpSpace : public SearchSpace {
 public:
  /// `options`: columns of the table and classes. `batch`: of training, for the memory limit. `niches`: parts by
  /// multiply-accumulates. Throws ConfigError where there are no columns, and as macs_niches.
  MlpSpace(MlpChoices choices, nn::ModelOptions options, int batch, int niches = 1);

  std::string name() const override { return "mlp"; }

  Reading parse(const Json& architecture) const override;
  Json canonical(Candidate candidate) const override { return member(candidate).design; }
  std::string hash(Candidate candidate) const override { return member(candidate).hash; }
  std::vector<std::string> violations(Candidate candidate) const override { return member(candidate).violations; }
  bool is_valid(Candidate candidate) const override { return member(candidate).violations.empty(); }
  CostEstimate cost(Candidate candidate) const override { return member(candidate).cost; }
  const nn::Mlp& mlp(Candidate candidate) const { return member(candidate).mlp; }

  int niches() const override { return static_cast<int>(niches_.count()); }
  int niche_of(Candidate candidate) const override;
  std::string niche_text(int niche) const override { return niches_.text(static_cast<std::size_t>(niche)); }
  const MacsNiches& macs_niches() const { return niches_; }

  std::optional<Candidate> sample(int niche, Random& random) const override;
  std::optional<Candidate> sample_sensible(Random& random) const override;
  Candidate mutate(Candidate parent, Random& random) const override;
  Candidate crossover(Candidate first, Candidate second, Random& random) const override;
  std::vector<Candidate> neighbours(Candidate candidate) const override;
  /// The number of hidden layers, the width of each, then every other key.
  std::optional<TokenSequence> tokens() const override;

  std::string describe() const override;
  Json schema() const override { return choices_schema(choices_); }
  std::string text(Candidate candidate) const override;
  Reading read(std::string_view reply) const override;

  const MlpChoices& choices() const { return choices_; }
  const nn::ModelOptions& options() const { return options_; }

  /// Throws ConfigError where none of many random designs is valid: the limits contradict the choices.
  void require_members() const;

 private:
  struct Member {
    nn::Mlp mlp;
    Json design;  ///< canonical
    std::string hash;
    CostEstimate cost;
    std::vector<std::string> violations;
  };
  const Member& member(Candidate candidate) const;
  Candidate number_of(nn::Mlp mlp) const;
  /// Of a design that keeps the schema.
  Candidate number_of(const Json& design) const { return *parse(design).candidate; }
  /// Whether a key changes the network.
  bool has_effect(const std::string& key, const nn::Mlp& mlp) const;
  std::vector<std::string> outside_choices(const nn::Mlp& mlp, const Json& design) const;

  MlpChoices choices_;
  nn::ModelOptions options_;
  int batch_;
  MacsNiches niches_;
  mutable std::mutex mutex_;  ///< of what follows
  mutable std::deque<Member> members_;
  mutable std::unordered_map<std::string, Candidate> numbers_;  ///< by hash
};

}  // namespace flnas::searches
