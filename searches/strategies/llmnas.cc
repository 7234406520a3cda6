#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

#include "harness/base/parallel.h"
#include "searches/strategies/breeding.h"
#include "searches/strategies/niche_conversation.h"
#include "searches/strategies/niche_state.h"

namespace flnas::searches {
namespace {

/// LLM-NAS: partitioned co-evolution.
///
///     generation 0: random candidates of every niche
///     generation 1, 2, ...: each niche: archive, last children -> children -> evaluation -> archive
///
/// A niche's children come from a language model (niche_conversation.h), or without one from crossovers and mutations
/// (breeding.h). Niches get equal shares of every generation; one that is exhausted leaves its share to the others.
/// Where evaluations are costly there is no generation 0, and each turn is one child of the next niche.
/// Source: LLM-NAS, arXiv 2510.01472. Differs: as many generations as it takes to use the budget up.
class LlmNas : public SearchStrategy {
 public:
  explicit LlmNas(const StrategyContext& context)
      : context_(context),
        drawing_(context),
        generation_size_((context.budget + kGenerations) / (kGenerations + 1)),
        niches_(static_cast<std::size_t>(context.space.niches())) {}

  std::vector<Proposal> ask(const Turn& turn) override {
    if (drawing_.is_costly()) return next_niche(turn);
    return generation_ == 0 ? first_generation(turn) : generation(turn);
  }

  void tell(const Evaluation& evaluation) override {
    NicheState& niche = niches_[static_cast<std::size_t>(context_.space.niche_of(evaluation.candidate))];
    ++niche.evaluated;
    if (evaluation.objectives.empty()) return;
    niche.front.add(evaluation.candidate, evaluation.objectives);
    const auto rationale = rationales_.find(evaluation.candidate);
    niche.fresh.push_back({evaluation.candidate, rationale == rationales_.end() ? "" : rationale->second});
  }

  bool is_paid() const override { return context_.llm != nullptr; }
  std::optional<int> attempts() const override {
    if (context_.llm == nullptr && drawing_.is_costly()) return std::nullopt;
    return 1;
  }

 private:
  std::vector<Proposal> next_niche(const Turn& turn) {
    const std::size_t at = static_cast<std::size_t>(turn.round - 1) % niches_.size();
    NicheState& niche = niches_[at];
    if (!niche.fresh.empty()) niche.last = std::move(niche.fresh);
    niche.fresh.clear();
    if (context_.llm == nullptr) return bred_one(turn, at);
    auto proposals = asked(turn, at, 1, static_cast<std::uint64_t>(turn.round));
    niche.last.clear();
    return proposals;
  }

  std::vector<Proposal> first_generation(const Turn& turn) {
    const auto shares = this->shares(turn);
    ++generation_;
    std::vector<Proposal> proposals;
    for (std::size_t niche = 0; niche < niches_.size(); ++niche) {
      Random random = this->random(0, niche);
      std::vector<Candidate> chosen;
      while (chosen.size() < shares[niche]) {
        const auto candidate = drawing_.sample(turn.archive, static_cast<int>(niche), random, chosen);
        if (!candidate) break;
        chosen.push_back(*candidate);
      }
      add(proposals, turn.archive, niche, chosen);
    }
    return proposals;
  }

  std::vector<Proposal> generation(const Turn& turn) {
    const auto shares = this->shares(turn);
    std::vector<std::vector<Proposal>> children(niches_.size());
    for (NicheState& niche : niches_) niche.last = std::exchange(niche.fresh, {});
    const int threads = context_.llm == nullptr ? 1 : context_.llm_settings.at_once;
    parallel_for(niches_.size(), static_cast<unsigned>(threads), [&](std::size_t niche) {
      if (shares[niche] == 0) return;
      children[niche] = context_.llm == nullptr
                            ? bred(turn, niche, shares[niche])
                            : asked(turn, niche, shares[niche], static_cast<std::uint64_t>(generation_));
    });
    ++generation_;
    std::vector<Proposal> all;
    for (auto& own : children) std::move(own.begin(), own.end(), std::back_inserter(all));
    return all;
  }

  /// Draws for a niche in a generation, independent of all others.
  Random random(int generation, std::size_t niche) const {
    return Random(mix_seed(mix_seed(context_.seed, static_cast<std::uint64_t>(generation)), niche));
  }

  std::vector<std::size_t> shares(const Turn& turn) const {
    return shares_of(context_.space, niches_, static_cast<std::size_t>(generation_),
                     std::min(generation_size_, turn.left));
  }

  Breeding breeding(const Turn& turn, std::size_t niche) const {
    return {context_.space, drawing_, turn.archive, static_cast<int>(niche), niches_[niche].front};
  }

  std::vector<Proposal> bred(const Turn& turn, std::size_t niche, std::size_t wanted) const {
    Random random = this->random(generation_, niche);
    std::vector<Proposal> proposals;
    add(proposals, turn.archive, niche, breeding(turn, niche).children(wanted, random));
    return proposals;
  }

  std::vector<Proposal> bred_one(const Turn& turn, std::size_t niche) {
    const auto child = breeding(turn, niche).child_of_two_parents(drawing_.random(turn));
    Json state = parents_state(turn.archive, child.parents);
    if (!state.is_null()) state["niche"] = niche;
    return only(child.candidate, std::move(state));
  }

  std::vector<Proposal> asked(const Turn& turn, std::size_t niche, std::size_t wanted, std::uint64_t round) {
    const NicheView view{.space = context_.space,
                         .evaluator = context_.evaluator,
                         .archive = turn.archive,
                         .niche = static_cast<int>(niche),
                         .wanted = wanted,
                         .front = niches_[niche].front,
                         .last = niches_[niche].last};
    NicheConversation conversation(view, *context_.llm, context_.llm_settings, round);
    auto proposals = conversation.children(niches_[niche].rules);
    const std::lock_guard lock(mutex_);
    for (const Child& child : conversation.found()) rationales_[child.candidate] = child.rationale;
    return proposals;
  }

  static void add(std::vector<Proposal>& proposals, const Archive& archive, std::size_t niche,
                  const std::vector<Candidate>& candidates) {
    for (const Candidate candidate : candidates) {
      proposals.emplace_back().candidate = candidate;
      if (archive.has_file()) proposals.back().strategy_state = {{"niche", niche}};
    }
  }

  const StrategyContext context_;
  Drawing drawing_;
  std::size_t generation_size_;  ///< candidates
  int generation_ = 0;
  std::vector<NicheState> niches_;  ///< each touched by the thread that asks for it
  std::mutex mutex_;                ///< of rationales_
  std::unordered_map<Candidate, std::string> rationales_;
};

}  // namespace

std::unique_ptr<SearchStrategy> make_llmnas(const StrategyContext& context) {
  return std::make_unique<LlmNas>(context);
}

}  // namespace flnas::searches
