// What every space and every strategy has to keep: each space through every operation, each strategy on each space with
// the evaluator that users get, and each search cut at every line of its archive. A new space is a row in
// conformance_spaces.cc, a new strategy is found by its own table.
// After open_spiel's basic_tests.
#include <boost/test/unit_test.hpp>
#include <functional>
#include <memory>
#include <regex>
#include <set>

#include "harness/base/files.h"
#include "harness/base/text.h"
#include "searches/session/session.h"
#include "searches/strategies/strategies.h"
#include "tests/searches/conformance_spaces.h"

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;

namespace {

/// The words of JSON Schema that spaces use.
bool allows(const Json& schema, const Json& value) {
  if (schema.contains("enum")) {
    return std::find(schema["enum"].begin(), schema["enum"].end(), value) != schema["enum"].end();
  }
  if (schema["type"] == "string") {
    return value.is_string() &&
           std::regex_match(value.get<std::string>(), std::regex(schema["pattern"].get<std::string>()));
  }
  if (schema["type"] == "array") {
    return value.is_array() && value.size() >= schema["minItems"].get<std::size_t>() &&
           value.size() <= schema["maxItems"].get<std::size_t>() &&
           std::all_of(value.begin(), value.end(), [&](const Json& item) { return allows(schema["items"], item); });
  }
  if (!value.is_object() || value.size() != schema["required"].size()) return false;
  return std::all_of(schema["required"].begin(), schema["required"].end(), [&](const Json& key) {
    return value.contains(key) && allows(schema["properties"][key.get<std::string>()], value[key.get<std::string>()]);
  });
}

/// A need as `flnas search strategies` lists it, when it is lacking, and the words of the error then.
struct Need {
  std::string listed;
  std::function<bool(const SpaceRow&, bool has_model)> is_lacking;
  std::string error;
};

const std::vector<Need> kNeeds = {
    {"a language model (--llm)", [](const SpaceRow&, bool has_model) { return !has_model; },
     "asks a language model: give --llm server, local, file or replay"},
    {"a space with a token sequence", [](const SpaceRow& row, bool) { return !row.has_tokens; },
     "needs a token sequence"},
    {"a space that says which part of it is sensible", [](const SpaceRow& row, bool) { return !row.has_prior; },
     "does not say which part of it is sensible"},
    {"an evaluator that tells an accuracy", [](const SpaceRow& row, bool) { return !row.has_accuracy; },
     "needs an accuracy, which this evaluator does not tell"},
    {"a language model, or none", [](const SpaceRow&, bool) { return false; }, ""}};

/// The error of a combination that lacks something; blank where it lacks nothing.
std::string expected_error(const SpaceRow& row, const std::string& strategy, bool has_model) {
  for (const Json& listed : list_strategies()) {
    if (listed["name"] != strategy) continue;
    for (const Json& needed : listed["needs"]) {
      const auto need =
          std::find_if(kNeeds.begin(), kNeeds.end(), [&](const Need& each) { return needed == each.listed; });
      BOOST_TEST_REQUIRE((need != kNeeds.end()), "no test knows the need " << needed);
      if (need->is_lacking(row, has_model)) return need->error;
    }
    return "";
  }
  BOOST_ERROR("flnas search strategies does not list " << strategy);
  return "";
}

/// A quick problem whose space many searches have used: its numbers of candidates are others than a fresh one's.
const Searchable& used(const SpaceRow& row) {
  static std::map<std::string, Searchable> problems;
  if (!problems.contains(row.name())) problems.emplace(row.name(), row.make_quick());
  return problems.at(row.name());
}

/// Answers with random members of the space, by the question's seed: for any strategy's question.
class RandomReplies : public ChatClient {
 public:
  explicit RandomReplies(const SearchSpace& space) : space_(space) {}
  ChatReply ask(const ChatRequest& request) override {
    Random random(request.seed);
    Json children = Json::array();
    for (int i = 0; i < 12; ++i) {
      const Candidate candidate = *space_.sample(SearchSpace::kAnywhere, random);
      children.push_back({{"architecture", space_.canonical(candidate)}, {"rationale", "why not"}});
    }
    return {.text = Json({{"positive", {"wide"}}, {"negative", Json::array()}, {"children", children}}).dump(),
            .model = "random",
            .prompt_tokens = 7,
            .completion_tokens = 5,
            .source = "scripted"};
  }

 private:
  const SearchSpace& space_;
};

constexpr std::size_t kCutBudget = 6;

SearchOutcome search(const Searchable& problem, const std::string& strategy, bool has_model, Archive& archive,
                     std::size_t budget) {
  RandomReplies chat(*problem.space);
  const LlmSettings settings{.model = "random"};
  LlmCaller llm(chat, settings, 3);
  const auto made = make_strategy(strategy, {.space = *problem.space,
                                             .evaluator = *problem.evaluator,
                                             .budget = budget,
                                             .seed = 3,
                                             .latency_limit_us = {},
                                             .llm = has_model ? &llm : nullptr,
                                             .llm_settings = settings,
                                             .question = {}});
  return run_search(*made, *problem.space, *problem.evaluator, archive, {.budget = budget, .attempts = 100});
}

/// Every strategy with and without somebody to ask, on every space.
void for_each_combination(
    const std::function<void(const SpaceRow&, const std::string& strategy, bool has_model)>& check) {
  for (const SpaceRow& row : space_rows()) {
    for (const StrategyEntry& entry : strategy_entries()) {
      for (const bool has_model : {false, true}) {
        if (has_model && !entry.takes_language_model) continue;
        BOOST_TEST_CONTEXT(row.name() << ", " << entry.name << (has_model ? ", asking" : "")) {
          check(row, entry.name, has_model);
        }
      }
    }
  }
}

/// The archive's lines without what the clock says.
std::vector<std::string> timeless(const std::filesystem::path& file) {
  std::vector<std::string> lines;
  for (const auto& line : split(read_file(file), '\n')) {
    if (line.empty()) continue;
    Json json = Json::parse(line);
    json.erase("seconds");
    lines.push_back(json.dump());
  }
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(conformance)

BOOST_AUTO_TEST_CASE(every_space_keeps_its_word_in_every_operation) {
  for (const SpaceRow& row : space_rows()) {
    BOOST_TEST_CONTEXT(row.name()) {
      const Searchable problem = row.make_quick();
      const SearchSpace& space = *problem.space;
      BOOST_TEST(space.name() == row.space);
      BOOST_TEST(!space.describe().empty());
      Random random(1), same(1);
      for (int i = 0; i < 30; ++i) {
        const auto first = space.sample(SearchSpace::kAnywhere, random);
        BOOST_TEST_REQUIRE(first.has_value());
        BOOST_TEST(*first == *space.sample(SearchSpace::kAnywhere, same));
        const auto second = space.sample(SearchSpace::kAnywhere, random);
        space.sample(SearchSpace::kAnywhere, same);
        for (const Candidate made : {*first, space.mutate(*first, random), space.crossover(*first, *second, random)}) {
          // The canonical form and the text are read back, and name it.
          BOOST_TEST(*space.parse(space.canonical(made)).candidate == made);
          BOOST_TEST(*space.read(space.text(made)).candidate == made);
          BOOST_TEST(space.hash(made) == architecture_hash(space.canonical(made)));
          BOOST_TEST(space.is_valid(made) == space.violations(made).empty());
          BOOST_TEST(space.niche_of(made) >= 0);
          BOOST_TEST(space.niche_of(made) < space.niches());
          const bool is_text = space.schema().value("type", "") == "string";
          const Json written = is_text ? Json(space.text(made)) : Json::parse(space.text(made));
          BOOST_TEST((!space.is_valid(made) || allows(space.schema(), written)), written);
        }
        space.mutate(*first, same), space.crossover(*first, *second, same);
        if (space.is_valid(*first)) BOOST_TEST(space.cost(*first).parameters > 0);
      }
      for (int niche = 0; niche < space.niches(); ++niche) {
        BOOST_TEST(!space.niche_text(niche).empty());
        const auto member = space.sample(niche, random);
        BOOST_TEST_REQUIRE(member.has_value());
        BOOST_TEST(space.niche_of(*member) == niche);
        BOOST_TEST(space.is_valid(*member));
        if (const auto size = space.niche_size(niche)) BOOST_TEST(*size > 0u);
        const auto near = space.neighbours(*member);
        BOOST_TEST(!near.empty());
        BOOST_TEST(std::set(near.begin(), near.end()).size() == near.size());
        BOOST_TEST(std::count(near.begin(), near.end(), *member) == 0);
      }
      const Reading wrong = space.parse(Json{{"nothing", "of the kind"}});
      BOOST_TEST(!wrong.candidate.has_value());
      BOOST_TEST(!wrong.problems.empty());
      BOOST_TEST(!space.read("I would rather\nnot say.").candidate.has_value());
      BOOST_TEST(!space.read("I would rather\nnot say.").readable);
      if (const auto tokens = space.tokens()) {
        std::vector<int> actions;
        for (const int options : tokens->options) {
          actions.push_back(static_cast<int>(random.below(static_cast<std::uint64_t>(options))));
        }
        BOOST_TEST(tokens->decode(actions).candidate.has_value());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(every_space_of_the_program_is_here_with_what_it_has) {
  std::set<std::string> here, listed;
  for (const SpaceRow& row : space_rows()) {
    BOOST_TEST_CONTEXT(row.name()) {
      here.insert(row.name());
      for (const auto make : {row.make, row.make_quick}) {
        const Searchable problem = make();
        Random random(1);
        BOOST_TEST(problem.space->name() == row.space);
        BOOST_TEST(problem.space->tokens().has_value() == row.has_tokens);
        BOOST_TEST(problem.space->sample_sensible(random).has_value() == row.has_prior);
        BOOST_TEST(problem.evaluator->has_accuracy() == row.has_accuracy);
      }
      BOOST_TEST(row.make().evaluator->is_costly() == row.make_quick().evaluator->is_costly());
    }
  }
  for (const Json& space : list_spaces()) {
    const auto name = space["name"].get<std::string>();
    // The larger ones of AutoFormer's spaces are the same classes with other numbers.
    if (name == "autoformer-small" || name == "autoformer-base") continue;
    for (const Json& evaluator : space["evaluators"]) listed.insert(name + "-by-" + evaluator.get<std::string>());
  }
  BOOST_TEST(here == listed, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_strategy_searches_every_space_by_its_evaluator_or_says_what_is_lacking) {
  for_each_combination([](const SpaceRow& row, const std::string& strategy, bool has_model) {
    const Searchable problem = row.make();
    const std::string lacking = expected_error(row, strategy, has_model);
    Archive archive;
    if (!lacking.empty()) {
      const std::string message =
          test::message_of<ConfigError>([&] { search(problem, strategy, has_model, archive, row.evaluations); });
      BOOST_TEST(contains(message, "strategy " + strategy), message);
      BOOST_TEST(contains(message, lacking), message);
      BOOST_TEST(!contains(message, "\n"), message);
      BOOST_TEST(archive.history().proposals.empty());
      return;
    }
    const SearchOutcome outcome = search(problem, strategy, has_model, archive, row.evaluations);
    BOOST_TEST(outcome.reason == "");
    BOOST_TEST(archive.evaluations().size() == row.evaluations);
    for (const Evaluation& evaluation : archive.evaluations()) {
      BOOST_TEST(evaluation.status == kPassed, evaluation.reason);
      BOOST_TEST(evaluation.objectives.size() == problem.evaluator->objective_names().size());
      BOOST_TEST(!problem.evaluator->figures(evaluation).empty());
    }
  });
}

BOOST_AUTO_TEST_CASE(every_strategy_repeats_itself_by_its_seed_whatever_was_searched_before) {
  for_each_combination([](const SpaceRow& row, const std::string& strategy, bool has_model) {
    if (!expected_error(row, strategy, has_model).empty()) return;
    const Searchable fresh = row.make_quick();
    std::vector<std::string> found[2];
    for (const Searchable* problem : {&fresh, &used(row)}) {
      Archive archive;
      const SearchOutcome outcome = search(*problem, strategy, has_model, archive, 12);
      BOOST_TEST(outcome.reason == "");
      for (const Evaluation& evaluation : archive.evaluations()) {
        BOOST_TEST(problem->space->is_valid(evaluation.candidate));
        found[problem == &fresh ? 0 : 1].push_back(problem->space->hash(evaluation.candidate));
      }
    }
    BOOST_TEST(found[0] == found[1], boost::test_tools::per_element());
    BOOST_TEST(std::set(found[0].begin(), found[0].end()).size() == 12u);
  });
}

BOOST_AUTO_TEST_CASE(a_search_cut_at_any_line_of_its_archive_ends_as_if_it_had_not_been) {
  const test::TemporaryFolder folder;
  for_each_combination([&](const SpaceRow& row, const std::string& strategy, bool has_model) {
    if (!expected_error(row, strategy, has_model).empty()) return;
    const auto file = folder / fmt::format("{}-{}-{}.jsonl", row.name(), strategy, has_model);
    {
      Archive archive(file);
      search(used(row), strategy, has_model, archive, kCutBudget);
    }
    const std::string whole = read_file(file);
    const auto expected = timeless(file);
    BOOST_TEST(expected.size() >= kCutBudget);
    const auto cut_file = folder / "cut.jsonl";
    for (std::size_t at = 0; at != whole.npos; at = whole.find('\n', at + 1)) {
      write_file(cut_file, whole.substr(0, at == 0 ? 0 : at + 1));
      Archive archive(cut_file);
      search(used(row), strategy, has_model, archive, kCutBudget);
      if (timeless(cut_file) != expected) BOOST_ERROR("cut at byte " << at << " it ends otherwise");
    }
  });
}

BOOST_AUTO_TEST_CASE(an_unknown_strategy_is_answered_with_the_nearest_one) {
  const Searchable problem = space_rows()[1].make();
  Archive archive;
  BOOST_TEST(contains(test::message_of<ConfigError>([&] { search(problem, "nsga", false, archive, 12); }),
                      "did you mean 'nsga2'?"));
}

BOOST_AUTO_TEST_SUITE_END()
