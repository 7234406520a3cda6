#include <algorithm>
#include <atomic>
#include <exception>
#include <optional>
#include <thread>
#include <unordered_map>

#include "harness/base/text.h"
#include "searches/core/front.h"
#include "searches/llm/niche_prompts.h"
#include "searches/llm/reply_schema.h"
#include "searches/llm/reply_state.h"
#include "searches/strategies/drawing.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostReply = 4000;  ///< bytes of a refused reply that go back

/// Calls body(0) .. body(count - 1) in `threads` threads; then throws the error of the lowest one that failed.
template <class Body>
void run_all(std::size_t count, int threads, const Body& body) {
  std::vector<std::exception_ptr> errors(count);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        body(i);
      } catch (...) {
        errors[i] = std::current_exception();
      }
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < std::min(threads, static_cast<int>(count)); ++i) others.emplace_back(work);
  work();
  for (auto& thread : others) thread.join();
  for (const auto& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

/// A language model's children of one niche: legality, niche and novelty are told back.
class Conversation {
 public:
  Conversation(const NicheView& view, LlmCaller& llm, const LlmSettings& settings, std::uint64_t round)
      : view_(view), llm_(llm), settings_(settings), round_(round) {}

  std::vector<Proposal> children(Rules& rules) {
    if (settings_.knowledge && !view_.last.empty()) {
      if (const auto reply = ask(knowledge_prompt(view_, rules), rules_reply_schema(), 0)) {
        if (const auto updated = read_rules(reply->text)) rules = *updated;
        llm_.count_knowledge_call();
        before_ = reply_state(*reply);
        waited_ = reply->seconds;
      }
    }
    const std::vector<ChatMessage> question = proposal_prompt(view_, rules, settings_.emphasis);
    std::vector<ChatMessage> messages = question;
    for (int attempt = 1; attempt <= settings_.attempts && missing() > 0; ++attempt) {
      const auto reply = ask(messages, children_reply_schema(view_.space, missing()), attempt);
      if (attempt > 1) llm_.count_retry();
      if (!reply) continue;
      const std::vector<std::string> problems = take(*reply);
      // Of the refused replies only the last one, so that the conversation stays short.
      messages = question;
      messages.push_back({"assistant", one_line(reply->text, kMostReply)});
      messages.push_back({"user", refusal_text(problems, missing())});
    }
    if (server_gone_) std::rethrow_exception(server_gone_);
    return std::move(proposals_);
  }

  /// By candidate, of the children.
  const std::vector<Child>& found() const { return found_; }

 private:
  std::size_t missing() const { return view_.wanted - found_.size(); }

  /// Empty for a call that was lost: the conversation goes on without it, unless no call is answered.
  std::optional<LlmReply> ask(std::vector<ChatMessage> messages, Json schema, int call) {
    const auto place = static_cast<std::uint64_t>(view_.niche) * 1000 + static_cast<std::uint64_t>(call);
    try {
      LlmReply reply = llm_.ask(std::move(messages), std::move(schema), round_, place);
      answered_ = true;
      server_gone_ = nullptr;
      return reply;
    } catch (const LostReply& lost) {
      answered_ = true;
      Proposal& proposal = proposals_.emplace_back();
      proposal.problems = {lost.what()};
      proposal.readable = false;
      proposal.seconds = lost.seconds;
      if (view_.archive.has_file()) {
        proposal.strategy_state = lost.strategy_state;
        proposal.strategy_state["niche"] = view_.niche;
      }
    } catch (const RemoteError&) {
      if (!answered_) server_gone_ = std::current_exception();
    }
    return std::nullopt;
  }

  /// Why each refused child was refused.
  std::vector<std::string> take(const LlmReply& reply) {
    WrittenChildren written = read_children(reply.text);
    if (!written.problem.empty() && !reply.shortfall.empty()) written.problem = reply.shortfall;
    const std::size_t first = proposals_.size();
    std::vector<std::string> problems;
    if (!written.problem.empty()) {
      proposals_.emplace_back().problems = {written.problem};
      proposals_.back().readable = false;
      problems.push_back(written.problem);
    }
    for (const WrittenChild& child : written.children) {
      if (missing() == 0) break;
      const std::string problem = take(child);
      if (!problem.empty()) problems.push_back(problem);
    }
    note(reply, first);
    return problems;
  }

  std::string take(const WrittenChild& written) {
    Proposal& proposal = proposals_.emplace_back();
    Reading reading = view_.space.read(written.architecture);
    if (!reading.candidate) {
      proposal.problems = reading.problems;
      return one_line(fmt::format("{}", fmt::join(reading.problems, "; ")), 300);
    }
    const Candidate candidate = *reading.candidate;
    const std::string text = view_.space.text(candidate);
    const auto is_it = [&](const Child& child) { return child.candidate == candidate; };
    if (view_.archive.has(candidate) || std::any_of(found_.begin(), found_.end(), is_it)) {
      proposal.candidate = candidate;
      return fmt::format("{}: it was evaluated or proposed before", text);
    }
    const auto violations = view_.space.violations(candidate);
    if (!violations.empty()) {
      proposal.candidate = candidate;
      return fmt::format("{}: {}", text, fmt::join(violations, "; "));
    }
    if (view_.space.niche_of(candidate) != view_.niche) {
      proposal.problems = {fmt::format("{}: it does not have {}", text, view_.space.niche_text(view_.niche))};
      return proposal.problems[0];
    }
    proposal.candidate = candidate;
    found_.push_back({candidate, written.rationale});
    return "";
  }

  /// The first of a reply's proposals tells what the reply took, and the question for rules before it.
  void note(const ChatReply& reply, std::size_t first) {
    if (first == proposals_.size()) return;
    Proposal& proposal = proposals_[first];
    proposal.seconds = reply.seconds + waited_;
    waited_ = 0;
    if (!view_.archive.has_file()) return;
    proposal.strategy_state = reply_state(reply);
    if (!before_.is_null()) add_tokens(proposal.strategy_state, before_);
    before_ = nullptr;
    for (std::size_t i = first; i < proposals_.size(); ++i) proposals_[i].strategy_state["niche"] = view_.niche;
  }

  const NicheView& view_;
  LlmCaller& llm_;
  const LlmSettings& settings_;
  std::uint64_t round_;
  std::vector<Proposal> proposals_;
  std::vector<Child> found_;
  Json before_;                     ///< the state of the question for rules
  double waited_ = 0;               ///< for it
  bool answered_ = false;           ///< some call, with whatever
  std::exception_ptr server_gone_;  ///< why no call was answered
};

/// LLM-NAS: partitioned co-evolution.
///
///     generation 0: random candidates of every niche
///     generation 1, 2, ...: each niche: archive, last children -> children -> evaluation -> archive
///
/// A niche's children come from a language model (rules from the last children's results; then children by crossover or
/// mutation of the archive's members, in words), or without one from the same two operators. Niches get equal shares of
/// every generation; one that is exhausted leaves its share to the others. Where evaluations are costly there is
/// no generation 0, and each turn is one child of the next niche.
/// Source: LLM-NAS, arXiv 2510.01472. Differs: as many generations as it takes to use the budget up.
class LlmNas : public SearchStrategy {
 public:
  explicit LlmNas(const StrategyContext& context)
      : context_(context),
        drawing_(context),
        niches_(static_cast<std::size_t>(context.space.niches())),
        share_((context.budget + kGenerations) / (kGenerations + 1)),
        fronts_(niches_),
        last_(niches_),
        fresh_(niches_),
        rules_(niches_),
        evaluated_(niches_, 0) {}

  std::vector<Proposal> ask(const Turn& turn) override {
    if (drawing_.is_costly()) return next_niche(turn);
    return generation_ == 0 ? first_generation(turn) : generation(turn);
  }

  void tell(const Evaluation& evaluation) override {
    const auto niche = static_cast<std::size_t>(context_.space.niche_of(evaluation.candidate));
    ++evaluated_[niche];
    if (evaluation.objectives.empty()) return;
    fronts_[niche].add(evaluation.candidate, evaluation.objectives);
    const auto rationale = rationales_.find(evaluation.candidate);
    fresh_[niche].push_back({evaluation.candidate, rationale == rationales_.end() ? "" : rationale->second});
  }

  bool is_paid() const override { return context_.llm != nullptr; }
  std::optional<int> attempts() const override {
    if (context_.llm == nullptr && drawing_.is_costly()) return std::nullopt;
    return 1;
  }

 private:
  std::vector<Proposal> next_niche(const Turn& turn) {
    const std::size_t niche = static_cast<std::size_t>(turn.round - 1) % niches_;
    if (!fresh_[niche].empty()) last_[niche] = std::move(fresh_[niche]);
    fresh_[niche].clear();
    if (context_.llm == nullptr) return bred_after_two_parents(turn, niche);
    auto proposals = asked(turn, niche, 1, static_cast<std::uint64_t>(turn.round));
    last_[niche].clear();
    return proposals;
  }

  std::vector<Proposal> first_generation(const Turn& turn) {
    const auto shares = this->shares(turn.left);
    ++generation_;
    std::vector<Proposal> proposals;
    for (std::size_t niche = 0; niche < niches_; ++niche) {
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
    const auto shares = this->shares(turn.left);
    std::vector<std::vector<Proposal>> children(niches_);
    for (std::size_t niche = 0; niche < niches_; ++niche) last_[niche] = std::exchange(fresh_[niche], {});
    const int threads = context_.llm == nullptr ? 1 : context_.llm_settings.at_once;
    run_all(niches_, threads, [&](std::size_t niche) {
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

  /// A generation's candidates shared out evenly: what does not divide goes to other niches in each generation, and what
  /// a niche has no candidates left for goes to those after it.
  std::vector<std::size_t> shares(std::size_t left) const {
    std::vector<std::size_t> shares(niches_, 0);
    std::size_t unshared = std::min(share_, left);
    for (bool found = true; unshared > 0 && found;) {
      found = false;
      for (std::size_t i = 0; i < niches_ && unshared > 0; ++i) {
        const std::size_t niche = (i + static_cast<std::size_t>(generation_)) % niches_;
        const auto size = context_.space.niche_size(static_cast<int>(niche));
        if (size && evaluated_[niche] + shares[niche] >= *size) continue;
        ++shares[niche], --unshared, found = true;
      }
    }
    return shares;
  }

  bool fits(Candidate candidate, std::size_t niche, const Archive& archive) const {
    return context_.space.niche_of(candidate) == static_cast<int>(niche) && !archive.has(candidate) &&
           context_.space.is_valid(candidate);
  }

  /// Without words: a mutation of a member of the niche's archive, or with probability 1/2, where there are two, a
  /// crossover of two of them; drawn again until it is new, valid and of the niche. Where many draws fail, a random
  /// candidate of the niche.
  std::vector<Proposal> bred(const Turn& turn, std::size_t niche, std::size_t wanted) const {
    constexpr int kTries = 50;
    Random random = this->random(generation_, niche);
    const SearchSpace& space = context_.space;
    const auto& parents = fronts_[niche].members();
    std::vector<Candidate> chosen;
    const auto parent = [&] { return parents[random.below(parents.size())].candidate; };
    while (chosen.size() < wanted) {
      std::optional<Candidate> found;
      for (int i = 0; i < kTries && !found && !parents.empty(); ++i) {
        const bool cross = parents.size() > 1 && random.below(2) == 0;
        const Candidate child = cross ? space.crossover(parent(), parent(), random) : space.mutate(parent(), random);
        const bool is_new = std::find(chosen.begin(), chosen.end(), child) == chosen.end();
        if (is_new && fits(child, niche, turn.archive)) found = child;
      }
      if (!found) found = drawing_.sample(turn.archive, static_cast<int>(niche), random, chosen);
      if (!found) break;
      chosen.push_back(*found);
    }
    std::vector<Proposal> proposals;
    add(proposals, turn.archive, niche, chosen);
    return proposals;
  }

  /// The same for one child, in the order of draws that searches with costly evaluations have had from the first: both
  /// parents, in the order of their evaluation, come before the choice of an operator.
  std::vector<Proposal> bred_after_two_parents(const Turn& turn, std::size_t niche) {
    constexpr int kTries = 200;
    Random& random = drawing_.random(turn);
    const Archive& archive = turn.archive;
    const SearchSpace& space = context_.space;
    std::vector<const Evaluation*> parents;
    for (const auto& member : fronts_[niche].members()) parents.push_back(archive.find(member.candidate));
    std::sort(parents.begin(), parents.end());
    for (int i = 0; i < kTries && !parents.empty(); ++i) {
      const Candidate first = parents[random.below(parents.size())]->candidate;
      const Candidate second = parents[random.below(parents.size())]->candidate;
      const bool cross = first != second && random.below(2) == 0;
      const Candidate child = cross ? space.crossover(first, second, random) : space.mutate(first, random);
      if (!fits(child, niche, archive)) continue;
      return only(child, state(archive, niche, cross ? std::vector{first, second} : std::vector{first}));
    }
    return only(drawing_.sample(archive, static_cast<int>(niche), random), state(archive, niche, {}));
  }

  std::vector<Proposal> asked(const Turn& turn, std::size_t niche, std::size_t wanted, std::uint64_t round) {
    const NicheView view{.space = context_.space,
                         .evaluator = context_.evaluator,
                         .archive = turn.archive,
                         .niche = static_cast<int>(niche),
                         .wanted = wanted,
                         .front = fronts_[niche],
                         .last = last_[niche]};
    Conversation conversation(view, *context_.llm, context_.llm_settings, round);
    auto proposals = conversation.children(rules_[niche]);
    const std::lock_guard lock(mutex_);
    for (const Child& child : conversation.found()) rationales_[child.candidate] = child.rationale;
    return proposals;
  }

  static Json state(const Archive& archive, std::size_t niche, const std::vector<Candidate>& parents) {
    Json state = parents_state(archive, parents);
    if (!state.is_null()) state["niche"] = niche;
    return state;
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
  std::size_t niches_;
  std::size_t share_;  ///< candidates of a generation
  int generation_ = 0;
  std::vector<Front> fronts_;
  std::vector<std::vector<Child>> last_, fresh_;  ///< evaluated in the generation before, and since
  std::vector<Rules> rules_;                      ///< touched by the thread that asks for the niche
  std::vector<std::size_t> evaluated_;
  std::mutex mutex_;  ///< of rationales_
  std::unordered_map<Candidate, std::string> rationales_;
};

}  // namespace

std::unique_ptr<SearchStrategy> make_llmnas(const StrategyContext& context) {
  return std::make_unique<LlmNas>(context);
}

}  // namespace flnas::searches
