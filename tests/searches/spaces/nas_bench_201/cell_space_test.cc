#include "searches/spaces/nas_bench_201/cell_space.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <set>

#include "harness/base/error.h"
#include "tests/datasets/nas/fixture.h"
#include "tests/searches/spaces/nas_bench_201/fixture.h"

using namespace flnas;
using namespace flnas::searches;
using flnas::test::cell_index;
using flnas::test::contains;
using flnas::test::message_of;

namespace {

constexpr char kOneLarge[] = "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|";
constexpr char kCut[] = "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cell_space, test::MadeUpCells)

BOOST_AUTO_TEST_CASE(samples_are_legal_and_of_their_niche) {
  const CellSpace space(problem, six);
  Random random(1);
  BOOST_TEST(space.niches() == 6);
  for (int niche = 0; niche < 6; ++niche) {
    for (int i = 0; i < 50; ++i) {
      const auto candidate = space.sample(niche, random);
      BOOST_REQUIRE(candidate.has_value());
      BOOST_TEST(space.niche_of(*candidate) == niche);
      BOOST_TEST(space.is_valid(*candidate));
    }
  }
}

BOOST_AUTO_TEST_CASE(operators_change_one_or_two_edges_and_mix_two_parents) {
  const CellSpace space(problem, one);
  Random random(2);
  const auto edges_apart = [](Candidate a, Candidate b) {
    int apart = 0;
    for (std::size_t i = 0; i < nn::kCellEdgeCount; ++i) apart += nn::cell_at(a)[i] != nn::cell_at(b)[i];
    return apart;
  };
  std::set<int> seen;
  for (int i = 0; i < 200; ++i) seen.insert(edges_apart(100, space.mutate(100, random)));
  BOOST_TEST(seen == (std::set<int>{1, 2}), boost::test_tools::per_element());
  for (int i = 0; i < 50; ++i) {
    const nn::Cell child = nn::cell_at(space.crossover(100, 200, random));
    for (std::size_t edge = 0; edge < nn::kCellEdgeCount; ++edge) {
      BOOST_TEST((child[edge] == nn::cell_at(100)[edge] || child[edge] == nn::cell_at(200)[edge]));
    }
  }
  const auto near = space.neighbours(100);
  BOOST_TEST(std::set(near.begin(), near.end()).size() == 24u);
  for (const Candidate candidate : near) BOOST_TEST(edges_apart(100, candidate) == 1);
}

BOOST_AUTO_TEST_CASE(an_architecture_is_read_as_it_is_written_and_a_cut_cell_is_refused) {
  const CellSpace space(problem, six);
  const Candidate large = *space.read(kOneLarge).candidate;
  BOOST_TEST(space.text(large) == kOneLarge);
  BOOST_TEST(space.niche_of(large) == 2);
  BOOST_TEST(space.is_valid(large));
  BOOST_TEST(contains(space.violations(*space.read(kCut).candidate).at(0), "no path"));
  BOOST_TEST(!space.read("|nor_conv_5x5~0|").problems.empty());
  const std::string prose = std::string("I think\n{\"architecture\": \"") + kOneLarge + "\"}";
  BOOST_TEST(*space.read(prose).candidate == large);
  BOOST_TEST(!space.read("I would rather\nnot.").readable);
}

BOOST_AUTO_TEST_CASE(anonymous_cells_have_letters_that_the_seed_draws_and_nothing_tells_the_benchmark) {
  const CellWords words = CellWords::anonymous(1);
  const CellSpace space(problem, six, words);
  const TableEvaluator evaluator(problem, /*anonymous=*/true);
  std::string told =
      space.describe() + space.schema().dump() + evaluator.goal() + evaluator.noise({}) + evaluator.cost_source({});
  for (int niche = 0; niche < space.niches(); ++niche) told += space.niche_text(niche);
  for (const auto& violation : space.violations(*space.parse(kCut).candidate)) told += violation;
  for (const char* word : {"conv", "skip", "pool", "none", "NAS", "Bench", "toy", "phone", "five"})
    BOOST_TEST(!contains(told, word), word);
  const Candidate large = cell_index(kOneLarge);
  const std::string text = space.text(large);
  BOOST_TEST(text.size() == 6u);
  BOOST_TEST(*space.read("{\"architecture\": \"" + text + "\"}").candidate == large);
  BOOST_TEST(space.canonical(large) == kOneLarge);
  BOOST_TEST(*space.parse(space.canonical(large)).candidate == large);
  BOOST_TEST(contains(space.read("ABCD").problems.at(0), "six letters"));
  BOOST_TEST(contains(space.read("ABCDEX").problems.at(0), "unknown operation 'X'"));
  BOOST_TEST(space.niche_text(2) == "exactly one " + words.operation(nn::CellOperation::kConv3x3));
  std::set<std::string> drawn;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    drawn.insert(CellWords::anonymous(seed).write(nn::cell_at(large)));
  }
  BOOST_TEST(drawn.size() > 3u);
}

BOOST_AUTO_TEST_CASE(a_sensible_cell_is_a_residual_block_of_some_convolutions) {
  const CellSpace space(problem, six);
  Random random(1);
  std::map<int, int> by_convolutions;
  int large = 0, small = 0;
  constexpr int kDraws = 6000;
  for (int draw = 0; draw < kDraws; ++draw) {
    const Candidate candidate = space.sample_sensible(random).value();
    BOOST_TEST_REQUIRE(space.is_valid(candidate));
    const nn::Cell cell = nn::cell_at(candidate);
    BOOST_TEST_REQUIRE((cell[3] == nn::CellOperation::kSkipConnect));
    int convolutions = 0;
    for (std::size_t edge : {0, 1, 2, 4, 5}) {
      BOOST_TEST_REQUIRE(
          (cell[edge] != nn::CellOperation::kAvgPool3x3 && cell[edge] != nn::CellOperation::kSkipConnect));
      convolutions += cell[edge] != nn::CellOperation::kNone;
      large += cell[edge] == nn::CellOperation::kConv3x3, small += cell[edge] == nn::CellOperation::kConv1x1;
    }
    ++by_convolutions[convolutions];
  }
  // Six numbers, 1,000 times each: standard deviation 29. Two in three of 15,000 are 3x3: 58.
  BOOST_TEST(by_convolutions.size() == 6u);
  for (const auto& [count, drawn] : by_convolutions) BOOST_TEST(std::abs(drawn - 1000) < 150, count << ": " << drawn);
  BOOST_TEST(std::abs(large - 2.0 / 3 * (large + small)) < 300);
}

BOOST_AUTO_TEST_CASE(noise_is_what_cells_of_one_function_differ_by) {
  const TableEvaluator evaluator(problem);
  std::vector<Evaluation> evaluations;
  const auto add = [&](const std::string& cell, double accuracy) {
    Evaluation& evaluation = evaluations.emplace_back();
    evaluation.candidate = cell_index(cell);
    problem.accuracy[evaluation.candidate] = accuracy;
  };
  // One function three times, with a dead edge 0->1 or 1->2; and another one twice.
  add("|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|", 70);
  add("|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|", 71);
  add("|none~0|+|none~0|avg_pool_3x3~1|+|skip_connect~0|none~1|none~2|", 72);
  BOOST_TEST(contains(evaluator.noise(evaluations), "not known yet"));
  add("|none~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|", 80);
  add("|skip_connect~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|", 82);
  // Squares 2 and 2, on 2 + 1 degrees of freedom.
  BOOST_TEST(contains(evaluator.noise(evaluations), "standard deviation of 1.15 points"));
  problem.predicted = true;
  BOOST_TEST(contains(evaluator.noise(evaluations), "predicted accuracies are estimates"));
}

BOOST_AUTO_TEST_CASE(a_table_of_other_cells_is_refused) {
  const test::SmallNasTable small;
  const NasTable table = NasTable::open(small.tables, small.cache);
  // Rows 7, 12 and 15624 of the fixture are other cells than NAS-Bench-201's: its order is checked.
  BOOST_TEST(contains(message_of<DataError>([&] { connected_cells(table); }),
                      "of the table is another cell than NAS-Bench-201's"));
}

BOOST_AUTO_TEST_CASE(cells_that_the_device_cannot_run_or_that_are_cut_are_no_candidates,
                     *boost::unit_test::precondition(test::has_published_nas_tables())) {
  const test::TemporaryFolder folder;
  const NasTable whole = NasTable::open(test::published_nas_tables(), folder / "cache");
  const auto connected = connected_cells(whole);
  const CellProblem edgetpu = make_problem(whole, connected, whole.search_view("cifar10"), "edgetpu", "latency");
  const CellProblem raspi = make_problem(whole, connected, whole.search_view("cifar10"), "raspi4", "latency");
  BOOST_TEST(raspi.unmeasurable == 0);
  BOOST_TEST(edgetpu.disconnected == raspi.disconnected);
  BOOST_TEST(edgetpu.candidates.size() + static_cast<std::size_t>(edgetpu.unmeasurable) == raspi.candidates.size());
  BOOST_TEST(raspi.candidates.size() + static_cast<std::size_t>(raspi.disconnected) == kNasCells);
  BOOST_CHECK_THROW(make_problem(whole, connected, whole.search_view("cifar10"), "raspi", "latency"), ConfigError);
  BOOST_CHECK_THROW(make_problem(whole, connected, whole.search_view("cifar10"), "raspi4", "energy"), ConfigError);
}

BOOST_AUTO_TEST_SUITE_END()
