// LLM-NAS: partitioned co-evolution, what it is compared with, and how searches on tables are scored.
// Strategies see spaces through this interface alone: they do not know tables, final accuracies, files or records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/random.h"
#include "harness/metrics/pareto.h"

namespace flnas::searches::llmnas {

/// A candidate's number in its space: a cell's index, or the place of an architecture in a list.
using Candidate = std::uint32_t;

/// A search space that is divided into niches, 0 to niches() - 1. What `read`, `violation`, `niche_of`, `text` and
/// `sample` do may be asked by several threads at once.
class Space {
 public:
  virtual ~Space() = default;

  virtual int niches() const = 0;
  /// Legal candidates of a niche; empty where they cannot be counted.
  virtual std::optional<std::size_t> niche_size(int niche) const = 0;
  virtual int niche_of(Candidate candidate) const = 0;

  /// Why a candidate cannot be evaluated, one line; blank for a legal one.
  virtual std::string violation(Candidate candidate) const = 0;
  /// A legal candidate of the niche, uniformly; empty where none was found.
  virtual std::optional<Candidate> sample(int niche, Random& random) const = 0;

  // Operators; what they give may be illegal, of another niche, or a parent again.
  virtual Candidate mutate(Candidate parent, Random& random) const = 0;
  virtual Candidate crossover(Candidate first, Candidate second, Random& random) const = 0;
  /// All candidates that one edit away, legal or not.
  virtual std::vector<Candidate> neighbours(Candidate candidate) const = 0;

  /// What the search goes by, every objective to be minimised: the cost first.
  virtual metrics::Point objectives(Candidate candidate) = 0;

  // In words, for prompts.
  virtual std::string text(Candidate candidate) const = 0;
  /// Throws ConfigError, one line, for what is no candidate.
  virtual Candidate read(const std::string& text) const = 0;
  virtual std::string figures(Candidate candidate) const = 0;  ///< of an evaluated one: "accuracy 71.2 %, latency 3 ms"
  virtual std::string describe() const = 0;                    ///< what may be proposed, and how it is written
  virtual std::string goal() const = 0;                        ///< what is to be made better
  virtual std::string niche_text(int niche) const = 0;         ///< what a candidate of the niche has to keep
};

}  // namespace flnas::searches::llmnas
