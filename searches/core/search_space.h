// Search spaces. A space does not know strategies, evaluators, archives or files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/json.h"
#include "harness/base/random.h"

namespace flnas::searches {

/// A member's number in its space: the index of a cell, or the order in which architectures were first seen. Numbers
/// are small, so that searches on tables take microseconds for each of them; they are never written to a file.
using Candidate = std::uint32_t;

/// The result of reading: a member, or every reason why there is none.
struct Reading {
  std::optional<Candidate> candidate;
  std::vector<std::string> problems;  ///< one line each; empty with a candidate
  bool readable = true;               ///< false: the text holds no architecture at all
};

/// The costs of a member by arithmetic, without building it.
struct CostEstimate {
  std::int64_t parameters = 0;
  std::int64_t macs = 0;              ///< multiply-accumulates of one image
  std::int64_t memory_bytes = 0;      ///< peak of a training step; 0 where the space cannot tell
  std::int64_t activation_bytes = 0;  ///< of a batch in float32, that the backward pass needs; within three tenths
};

/// The form of a member as a fixed sequence of decisions, for strategies that learn a policy over it.
struct TokenSequence {
  std::vector<int> options;  ///< how many actions each decision has, at least 1
  std::function<Reading(const std::vector<int>& actions)> decode;
};

/// A search space, perhaps divided into niches, 0 to niches() - 1. Several threads may call const members at once.
class SearchSpace {
 public:
  /// In place of a niche: the whole space.
  static constexpr int kAnywhere = -1;

  virtual ~SearchSpace() = default;
  virtual std::string name() const = 0;

  // Members. The canonical form is JSON: two architectures are the same one exactly when theirs are equal.

  /// Of an architecture's JSON form; its problems are all that its schema forbids.
  virtual Reading parse(const Json& architecture) const = 0;
  virtual Json canonical(Candidate candidate) const = 0;
  /// First 12 hex digits of the SHA-256 of the canonical form.
  virtual std::string hash(Candidate candidate) const;
  /// Every rule that the member violates, one line each; empty if it can be evaluated.
  virtual std::vector<std::string> violations(Candidate candidate) const = 0;
  virtual bool is_valid(Candidate candidate) const { return violations(candidate).empty(); }
  virtual CostEstimate cost(Candidate candidate) const = 0;

  // Niches.

  virtual int niches() const { return 1; }
  /// Valid members of a niche; empty where they cannot be counted.
  virtual std::optional<std::size_t> niche_size(int) const { return std::nullopt; }
  virtual int niche_of(Candidate) const { return 0; }
  /// The condition for members of the niche: "exactly one nor_conv_3x3".
  virtual std::string niche_text(int) const { return "nothing in particular: the whole space is open"; }

  // Sampling and operators. The results of operators may violate rules, be of another niche, or equal a parent.

  /// kAnywhere: every decision uniformly; the member may break a limit. A niche: a valid member of it. Empty where none
  /// was found.
  virtual std::optional<Candidate> sample(int niche, Random& random) const = 0;
  /// A random member of the part of the space that practitioners would use, as prior knowledge; it may exceed a limit.
  /// Empty if the space has no such part.
  virtual std::optional<Candidate> sample_sensible(Random&) const { return std::nullopt; }
  virtual Candidate mutate(Candidate parent, Random& random) const = 0;
  virtual Candidate crossover(Candidate first, Candidate second, Random& random) const = 0;
  /// Members that are one edit away, valid or not.
  virtual std::vector<Candidate> neighbours(Candidate candidate) const = 0;
  /// Empty where the space has no such form.
  virtual std::optional<TokenSequence> tokens() const { return std::nullopt; }

  // In words, for language models.

  /// What may be proposed, and how it is written.
  virtual std::string describe() const = 0;
  /// JSON schema of an architecture in replies, for servers with structured output. What it allows may still violate
  /// rules.
  virtual Json schema() const = 0;
  /// A member as it is written: what `read` reads.
  virtual std::string text(Candidate candidate) const = 0;
  /// The architecture in a reply, which may hold other words.
  virtual Reading read(std::string_view reply) const = 0;
};

/// First 12 hex digits of the SHA-256 of a canonical form: names the architecture.
std::string architecture_hash(const Json& canonical_form);

}  // namespace flnas::searches
