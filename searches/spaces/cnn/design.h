// Designs, what became of them, and the history of a search. Plain values that archive.jsonl holds line by line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/records/record_json.h"

namespace flnas::searches {

/// {"stages", "head"} with every key written out; the head's activation is "relu" where no hidden layer uses it. Two
/// architectures are the same design exactly when these are equal.
Json canonical(const nn::Architecture& architecture);

/// First 12 hex digits of the SHA-256 of the canonical form: names the design.
std::string design_hash(const Json& canonical_form);

/// What a proposal turned out to be.
inline constexpr char kValid[] = "valid";
inline constexpr char kInvalid[] = "invalid";        ///< breaks a rule
inline constexpr char kRepeated[] = "repeated";      ///< valid, but was evaluated before
inline constexpr char kUnreadable[] = "unreadable";  ///< no architecture could be read from the reply

/// One answer of a designer, and what the validator said of it.
struct Proposal {
  int round = 0;        ///< from 1; a round ends with a valid proposal or when the attempts are used up
  int attempt = 0;      ///< from 1
  std::string verdict;  ///< one of the four above
  std::vector<std::string> violations;
  Json design;       ///< canonical; null where it is invalid by the schema or unreadable
  std::string hash;  ///< of it, or blank
  Json memo;         ///< the designer's own note, given back to it in the history: tokens, parents, actions
  double seconds = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("round", self.round), visit("attempt", self.attempt), visit("verdict", self.verdict);
    visit("violations", self.violations), visit("design", self.design), visit("hash", self.hash);
    visit("memo", self.memo), visit("seconds", self.seconds);
  }
};

/// Replies that a designer had to pay for and that led to no proposal: one that could not be used (a call of tools,
/// half an object), or one before a question that nobody answered. The search ends with it, and can be continued.
struct LostCall {
  int round = 0, attempt = 0;  ///< of the proposal that is missing
  std::string reason;
  Json memo;  ///< as a proposal's: tokens, who answered
  double seconds = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("round", self.round), visit("attempt", self.attempt), visit("reason", self.reason);
    visit("memo", self.memo), visit("seconds", self.seconds);
  }
};

/// What a design costs at the search's image size and number of classes.
struct DesignCost {
  std::int64_t parameters = 0;
  std::int64_t macs = 0;                 ///< one image
  std::int64_t memory_bytes = 0;         ///< peak of a training step, estimated
  std::string target;                    ///< the device that the latency is of: "host", "pi4"
  std::string latency_mark;              ///< measured or estimated; blank without a latency
  std::optional<double> latency_us;      ///< of one image; median
  std::optional<double> latency_low_us;  ///< measured: 95 % interval of the median; estimated: the model's error
  std::optional<double> latency_high_us;
  std::string latency_reason;  ///< why a measured latency should not be believed (harness/latency/machine/validity.h)

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("parameters", self.parameters), visit("macs", self.macs), visit("memory_bytes", self.memory_bytes);
    visit("target", self.target), visit("latency_mark", self.latency_mark), visit("latency_us", self.latency_us);
    visit("latency_low_us", self.latency_low_us), visit("latency_high_us", self.latency_high_us);
    visit("latency_reason", self.latency_reason);
  }
};

struct GroupScore {
  std::string name;
  std::int64_t n = 0;
  std::optional<double> accuracy;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("n", self.n), visit("accuracy", self.accuracy);
  }
};

/// The metrics that steer a search, taken on the validation subset. Shares; undefined values are empty.
struct Scores {
  std::optional<double> accuracy, balanced_accuracy, worst_group;
  std::optional<double> unfairness_mean, unfairness_sum, eodd, eopp1, eopp2;
  std::optional<double> train_loss, train_accuracy, validation_loss;
  std::vector<GroupScore> groups;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("accuracy", self.accuracy), visit("balanced_accuracy", self.balanced_accuracy);
    visit("worst_group", self.worst_group), visit("unfairness_mean", self.unfairness_mean);
    visit("unfairness_sum", self.unfairness_sum), visit("eodd", self.eodd), visit("eopp1", self.eopp1);
    visit("eopp2", self.eopp2), visit("train_loss", self.train_loss), visit("train_accuracy", self.train_accuracy);
    visit("validation_loss", self.validation_loss), visit("groups", self.groups);
  }
};

/// A design that was trained, or that failed to train. It counts for the budget either way.
struct Evaluation {
  int round = 0;
  std::string hash;
  std::string name;    ///< "d003": the third that was evaluated
  std::string status;  ///< passed, failed or mistrusted, as in run.json
  std::string reason;
  std::string run;  ///< folder of the run, relative to the search's
  DesignCost cost;
  Scores scores;
  double seconds = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("round", self.round), visit("hash", self.hash), visit("name", self.name), visit("status", self.status);
    visit("reason", self.reason), visit("run", self.run), visit("cost", self.cost), visit("scores", self.scores);
    visit("seconds", self.seconds);
  }
};

/// Everything that happened in a search so far: what designers learn from and prompts tell.
struct History {
  std::vector<Proposal> proposals;      ///< in order
  std::vector<Evaluation> evaluations;  ///< in order
  std::vector<LostCall> lost_calls;     ///< in order

  /// The evaluation of a design, or nullptr.
  const Evaluation* find(const std::string& hash) const;
  /// The canonical form of an evaluated design.
  const Json& design_of(const Evaluation& evaluation) const;
};

}  // namespace flnas::searches
