// What every space and every strategy has to keep: each space through every operation, each strategy on each space, and
// each search cut at every line of its archive. A new space or strategy is a row here.
// After open_spiel's basic_tests.
#include <boost/test/unit_test.hpp>
#include <functional>
#include <memory>
#include <regex>
#include <set>

#include "harness/base/files.h"
#include "harness/base/text.h"
#include "searches/spaces/autoformer/autoformer_space.h"
#include "searches/strategies/strategies.h"
#include "tests/searches/fixture.h"
#include "tests/searches/spaces/nas_bench_201/fixture.h"

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;

namespace {

/// Latency and proxy by formula.
class SubnetFormula : public Evaluator {
 public:
  explicit SubnetFormula(const SearchSpace& space) : space_(space) {}
  Evaluation evaluate(Candidate candidate) override {
    Evaluation evaluation;
    evaluation.status = kPassed;
    const auto parameters = static_cast<double>(space_.cost(candidate).parameters);
    evaluation.cost.latency_us = parameters * 1e-3;
    evaluation.scores.accuracy = 0.5 + parameters * 1e-9;
    return evaluation;
  }
  metrics::Point objectives(const Evaluation& evaluation) const override {
    return {*evaluation.cost.latency_us, 1 - *evaluation.scores.accuracy};
  }
  std::vector<std::string> objective_names() const override { return {"latency_us", "error"}; }
  std::string goal() const override { return "low latency"; }
  std::string figures(const Evaluation& evaluation) const override {
    return fmt::format("latency {:.1f} us", *evaluation.cost.latency_us);
  }

 private:
  const SearchSpace& space_;
};

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

/// A space with an evaluator for it.
struct Problem {
  std::unique_ptr<test::MadeUpCells> cells;
  std::unique_ptr<SearchSpace> space;
  std::unique_ptr<Evaluator> evaluator;
};

Problem on_cnn() {
  Problem problem;
  auto space = std::make_unique<CnnSpace>(load_cnn(), nn::ModelOptions{.classes = 2, .size = 32}, 8, 2);
  problem.evaluator = std::make_unique<FormulaEvaluator>(*space);
  problem.space = std::move(space);
  return problem;
}

Problem on_cells() {
  Problem problem;
  problem.cells = std::make_unique<test::MadeUpCells>();
  problem.space = std::make_unique<CellSpace>(problem.cells->problem, problem.cells->six);
  problem.evaluator = std::make_unique<searches::TableEvaluator>(problem.cells->problem);
  return problem;
}

Problem on_autoformer() {
  Problem problem;
  problem.space =
      std::make_unique<AutoFormerSearchSpace>("autoformer-tiny", "width", nn::ModelOptions{.classes = 10, .size = 224});
  problem.evaluator = std::make_unique<SubnetFormula>(*problem.space);
  return problem;
}

const std::vector<std::pair<const char*, std::function<Problem()>>> kProblems = {
    {"cnn", on_cnn}, {"nas_bench_201", on_cells}, {"autoformer-tiny", on_autoformer}};

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

constexpr std::size_t kBudget = 6;

/// The strategies that the space has what it takes for.
std::vector<StrategyEntry> entries_for(const Problem& problem) {
  Random random(1);
  std::vector<StrategyEntry> entries = strategy_entries();
  if (!problem.space->sample_sensible(random)) {
    std::erase_if(entries, [](const StrategyEntry& entry) { return entry.needs_prior; });
  }
  return entries;
}

SearchOutcome search(const Problem& problem, const std::string& strategy, Archive& archive,
                     std::size_t budget = kBudget) {
  RandomReplies chat(*problem.space);
  const LlmSettings settings{.model = "random"};
  LlmCaller llm(chat, settings, 3);
  const bool asks = find_strategy(strategy).takes_language_model;
  const auto made = make_strategy(strategy, {.space = *problem.space,
                                             .evaluator = *problem.evaluator,
                                             .budget = budget,
                                             .seed = 3,
                                             .latency_limit_us = {},
                                             .llm = asks ? &llm : nullptr,
                                             .llm_settings = settings,
                                             .question = {}});
  return run_search(*made, *problem.space, *problem.evaluator, archive, {.budget = budget, .attempts = 100});
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
  for (const auto& [name, make] : kProblems) {
    BOOST_TEST_CONTEXT(name) {
      const Problem problem = make();
      const SearchSpace& space = *problem.space;
      BOOST_TEST(space.name() == name);
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

BOOST_AUTO_TEST_CASE(every_strategy_searches_every_space_and_repeats_itself_by_its_seed) {
  for (const auto& [name, make] : kProblems) {
    for (const StrategyEntry& strategy : entries_for(make())) {
      BOOST_TEST_CONTEXT(name << ", " << strategy.name) {
        std::vector<std::vector<std::string>> found;
        for (int i = 0; i < 2; ++i) {
          const Problem problem = make();
          Archive archive;
          const SearchOutcome outcome = search(problem, strategy.name, archive, 12);
          BOOST_TEST(outcome.reason == "");
          BOOST_TEST(archive.evaluations().size() == 12u);
          found.emplace_back();
          for (const Evaluation& evaluation : archive.evaluations()) {
            BOOST_TEST(problem.space->is_valid(evaluation.candidate));
            found.back().push_back(problem.space->hash(evaluation.candidate));
          }
        }
        BOOST_TEST(found[0] == found[1], boost::test_tools::per_element());
        BOOST_TEST(std::set(found[0].begin(), found[0].end()).size() == 12u);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_search_cut_at_any_line_of_its_archive_ends_as_if_it_had_not_been) {
  const test::TemporaryFolder folder;
  for (const auto& [name, make] : kProblems) {
    for (const StrategyEntry& strategy : entries_for(make())) {
      const auto file = folder / fmt::format("{}-{}.jsonl", name, strategy.name);
      {
        Archive archive(file);
        search(make(), strategy.name, archive);
      }
      const std::string whole = read_file(file);
      const auto expected = timeless(file);
      const auto cut_file = folder / "cut.jsonl";
      for (std::size_t at = 0; at != whole.npos; at = whole.find('\n', at + 1)) {
        write_file(cut_file, whole.substr(0, at == 0 ? 0 : at + 1));
        Archive archive(cut_file);
        search(make(), strategy.name, archive);
        if (timeless(cut_file) != expected) {
          BOOST_ERROR(fmt::format("{}, {}: cut at byte {} it ends otherwise", name, strategy.name, at));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_a_combination_lacks_is_said_in_one_line) {
  const Problem problem = on_cells();
  StrategyContext context{.space = *problem.space,
                          .evaluator = *problem.evaluator,
                          .latency_limit_us = {},
                          .llm = nullptr,
                          .llm_settings = {},
                          .question = {}};
  const auto message = [&](const std::string& strategy) {
    return test::message_of<ConfigError>([&] { make_strategy(strategy, context); });
  };
  BOOST_TEST(contains(message("random-sensible"), "space nas_bench_201 does not say which part of it is sensible"));
  BOOST_TEST(
      contains(message("flnas"), "strategy flnas asks a language model: give --llm server, local, file or replay"));
  BOOST_TEST(contains(message("nsga"), "did you mean 'nsga2'?"));
}

BOOST_AUTO_TEST_SUITE_END()
