#include <utility>

#include "searches/llm/architecture_prompt.h"
#include "searches/llm/reply_schema.h"
#include "searches/llm/reply_state.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {
namespace {

/// FL-NAS's loop: a prompt goes to a language model (a server, a person, a recording), and the architecture is read out
/// of the reply. The end of a refused reply is sent back with the rules that it broke.
/// Source: FL-NAS, arXiv 2402.06696, Algorithms 1 and 2. Differs: the broken rules are told, and refused replies are
/// cut.
class FlNas : public SearchStrategy {
 public:
  explicit FlNas(const StrategyContext& context) : space_(context.space), llm_(*context.llm) {
    question_ = context.question;
    if (question_) return;
    question_ = [&space = context.space, &evaluator = context.evaluator](const Turn& turn) {
      return architecture_question(PromptTemplate::load({}, kArchitecturePrompt), space, evaluator, turn);
    };
  }

  /// The state is reply_state's. An archive with a file goes on where it was when a call is lost; without one, as on
  /// tables, the search would be lost with it: one lost call is then a reply that cannot be read, and two in a row end
  /// the search.
  std::vector<Proposal> ask(const Turn& turn) override {
    ChatMessages messages = question_(turn);
    if (turn.attempt > 1 && !lost_) {
      // Of the refused attempts only the last one, so that the conversation stays short.
      const ProposalRecord& refused = turn.archive.history().proposals.back();
      messages.push_back({"assistant", refused_reply(last_reply_)});
      messages.push_back({"user", refusal(refused.violations)});
    }
    LlmReply reply;
    try {
      reply = llm_.ask(std::move(messages), architecture_reply_schema(space_), static_cast<std::uint64_t>(turn.round),
                       static_cast<std::uint64_t>(turn.attempt));
    } catch (const RemoteError& error) {
      if (turn.archive.has_file() || std::exchange(lost_, true)) throw;
      Proposal proposal;
      proposal.problems = {error.what()};
      proposal.readable = false;
      return {proposal};
    }
    lost_ = false;
    Reading reading = space_.read(reply.text);
    if (!reading.candidate && !reply.shortfall.empty())
      reading.problems.insert(reading.problems.begin(), reply.shortfall);
    const bool is_new = reading.candidate && !turn.archive.has(*reading.candidate);
    if (turn.attempt == 1) llm_.count_first_reply(1, is_new && space_.is_valid(*reading.candidate) ? 1 : 0);
    const Json state = reply_state(reply);
    last_reply_ = state["reply"].get<std::string>();
    Proposal proposal;
    proposal.candidate = reading.candidate;
    proposal.problems = std::move(reading.problems);
    proposal.readable = reading.readable;
    proposal.seconds = reply.seconds;
    if (turn.archive.has_file()) proposal.strategy_state = state;
    return {proposal};
  }

  bool is_paid() const override { return true; }

 private:
  const SearchSpace& space_;
  LlmCaller& llm_;
  std::function<ChatMessages(const Turn&)> question_;
  std::string last_reply_;
  bool lost_ = false;  ///< the call before
};

}  // namespace

std::unique_ptr<SearchStrategy> make_flnas(const StrategyContext& context) { return std::make_unique<FlNas>(context); }

}  // namespace flnas::searches
