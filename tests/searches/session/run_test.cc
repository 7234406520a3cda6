// The engine on problems that are made up: what is run, kept and left out.
#include "searches/session/run.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <mutex>

#include "harness/base/error.h"
#include "tests/searches/fixture.h"
#include "tests/searches/spaces/nas_bench_201/fixture.h"

using namespace flnas;
using namespace flnas::searches;
using flnas::test::contains;

namespace {

/// Cells by formula; what its store keeps is what it was told.
struct Made : Problem, RunStore {
  test::MadeUpCells made;
  unsigned threads_ = 1;
  std::mutex mutex;
  std::map<std::string, std::size_t> kept;  ///< evaluations by "name/seed"
  std::vector<std::string> order;
  int flushed = 0;

  static std::string key(const SearchRun& run) { return fmt::format("{}/{}", run.configuration.name, run.seed); }
  std::string name() const override { return "made up"; }
  unsigned threads() const override { return threads_; }
  RunStore* store() override { return this; }
  Searched open(const SearchRun&) const override {
    return {.space = std::make_shared<CellSpace>(made.problem, made.one),
            .evaluator = std::make_shared<TableEvaluator>(made.problem),
            .limits = {.budget = 5}};
  }
  std::filesystem::path folder(const Configuration&, std::uint64_t) const override { return "nowhere"; }
  bool is_done(const SearchRun& run) const override { return kept.contains(key(run)); }
  KeptRun begin(const SearchRun&, const Json&) override { return {}; }
  Json end(const SearchRun& run, const RunState& state) override {
    const std::lock_guard lock(mutex);
    kept[key(run)] = state.history.evaluations.size();
    order.push_back(key(run));
    return {{"status", state.outcome.reason}};
  }
  void flush() override {
    const std::lock_guard lock(mutex);
    ++flushed;
  }
};

struct Fixture {
  Made problem;
  SearchPlan plan{.request = {},
                  .configurations = {named("random"), named("nsga2")},
                  .seeds = {1, 2, 3},
                  .command = "",
                  .is_alone = false};
  std::vector<std::string> ended;

  static Configuration named(const std::string& strategy) {
    Configuration configuration;
    configuration.name = configuration.strategy = strategy;
    return configuration;
  }
  void run() {
    SessionChats chats(plan.request);
    run_all(plan, problem, problem, chats,
            [&](const SearchRun& run, const RunEnd&) { ended.push_back(Made::key(run)); });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(run_, Fixture)

BOOST_AUTO_TEST_CASE(every_configuration_is_run_with_every_seed_in_order) {
  run();
  const std::vector<std::string> expected = {"random/1", "nsga2/1", "random/2", "nsga2/2", "random/3", "nsga2/3"};
  BOOST_TEST(ended == expected, boost::test_tools::per_element());
  for (const auto& [name, evaluations] : problem.kept) BOOST_TEST(evaluations == 5u, name);
  BOOST_TEST(problem.flushed == 3);
}

BOOST_AUTO_TEST_CASE(threads_take_seeds_and_run_the_same) {
  problem.threads_ = 3;
  std::mutex mutex;
  SessionChats chats(plan.request);
  run_all(plan, problem, problem, chats, [&](const SearchRun&, const RunEnd&) {});
  BOOST_TEST(problem.kept.size() == 6u);
}

BOOST_AUTO_TEST_CASE(what_is_done_or_missing_is_not_run) {
  problem.kept["random/2"] = 5;
  plan.configurations[1].missing = "nobody answers";
  run();
  const std::vector<std::string> expected = {"random/1", "random/3"};
  BOOST_TEST(ended == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_plan_in_which_nobody_asks_takes_no_language_model) {
  SessionChats chats(plan.request);
  require_possible(plan, chats);
  plan.request.llm.llm = "file";
  BOOST_CHECK_EXCEPTION(require_possible(plan, chats), ConfigError, [](const Error& error) {
    return contains(error.what(), "none of these strategies asks a language model");
  });
  plan.request.llm.llm = "none";
  plan.configurations.push_back(named("flnas"));
  BOOST_CHECK_EXCEPTION(require_possible(plan, chats), ConfigError, [](const Error& error) {
    return contains(error.what(), "strategy flnas asks a language model");
  });
}

BOOST_AUTO_TEST_CASE(an_error_while_evaluating_is_kept_and_thrown) {
  struct Broken : Made {
    struct Throwing : TableEvaluator {
      using TableEvaluator::TableEvaluator;
      Evaluation evaluate(Candidate) override { throw IoError("disk full"); }
    };
    Searched open(const SearchRun& run) const override {
      Searched searched = Made::open(run);
      searched.evaluator = std::make_shared<Throwing>(made.problem);
      return searched;
    }
  } broken;
  SessionChats chats(plan.request);
  BOOST_CHECK_THROW(run_all(plan, broken, broken, chats, [](const SearchRun&, const RunEnd&) {}), IoError);
  BOOST_TEST(broken.kept.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
