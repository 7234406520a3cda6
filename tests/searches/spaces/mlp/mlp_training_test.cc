// Space mlp with libtorch: costs against the networks themselves, and `flnas search --space mlp` on drawn people.
#include "searches/spaces/mlp/mlp_training.h"

#include <boost/test/unit_test.hpp>
#include <regex>

#include "datasets/tabular/synth.h"
#include "harness/base/files.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "searches/session/completed.h"
#include "searches/session/session.h"
#include "searches/session/verifiers.h"
#include "searches/spaces/mlp/mlp_cost.h"
#include "searches/spaces/mlp/mlp_operators.h"
#include "searches/training/training_settings.h"
#include "tests/base/fixture.h"
#include "tests/support/raw_server.h"
#include "tests/support/verify.h"

namespace {

namespace fs = std::filesystem;
using namespace flnas;
using namespace flnas::searches;
using flnas::test::contains;

struct People : test::TemporaryFolder {
  People() { write_synthetic_table(path / "data", {.rows = 400, .seed = 3}); }

  SearchRequest request(const std::string& strategy, const std::string& out) const {
    SearchRequest request;
    request.strategy = strategy;
    request.out = path / out;
    request.own.of<DataSettings>().data.folder = path / "data";
    request.target = "pi4";  // an estimate, which repeats
    request.budget = 3;
    request.train.epochs = 2;
    request.train.batch = 64;
    request.train.threads = 1;
    request.train.device = "cpu";
    return request;
  }
};

void check_verified(const fs::path& folder) {
  auto all = record_verifiers();
  for (const Verifier& of_searches : verifiers()) all.push_back(of_searches);
  const Verification found = verify_all({.folder = folder, .adapter = {}}, all);
  for (const auto& failure : found.failures) BOOST_ERROR(failure.file + ": " + failure.message);
  BOOST_TEST(found.records > 0);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mlp_training, People)

BOOST_AUTO_TEST_CASE(the_estimate_counts_what_the_network_takes) {
  const nn::ModelOptions options{.classes = 3, .size = 0, .columns = {0, 4, 0, 2}};
  const MlpSpace space(load_mlp_choices(), options, 64);
  Random random(1);
  for (int i = 0; i < 30; ++i) {
    const Candidate candidate = *space.sample(SearchSpace::kAnywhere, random);
    const auto network = nn::build_mlp(space.mlp(candidate), options);
    const nn::Cost cost = nn::measure_cost(*network, options);
    BOOST_TEST(space.cost(candidate).parameters == cost.parameters, space.text(candidate));
    BOOST_TEST(space.cost(candidate).macs == cost.macs, space.text(candidate));
  }
}

BOOST_AUTO_TEST_CASE(data_that_are_a_table_mean_this_space_and_get_a_split) {
  const SearchRequest request = this->request("random", "out");
  BOOST_TEST(completed(request).space == "mlp");
  const SearchResult result = run_one_search(request);
  BOOST_TEST(result.problems.empty());
  BOOST_TEST(result.record["counts"]["evaluated"] == 3);
  BOOST_TEST(result.record["settings"]["space"] == "mlp");
  BOOST_TEST(result.record["settings"]["choices"] == load_mlp_choices().json);
  BOOST_TEST(read_json(path / "out/split.json")["protocol"] == "clean");
  for (const Json& design : result.record["trajectory"]) {
    BOOST_TEST(design["status"] == kPassed);
    BOOST_TEST(design["cost"]["latency_mark"] == "estimated");
    BOOST_TEST(!design["scores"]["auroc"].is_null());
  }
  // Nobody speaks of images.
  BOOST_TEST(contains(result.text, "on the test persons"));
  BOOST_TEST(!contains(result.text, "image"));
  // The best design is a model of the command line.
  const nn::Mlp best = nn::parse_mlp(read_json(path / "out/best.json"), "best.json");
  BOOST_TEST(best.name == "best");
  BOOST_TEST(best.source.starts_with("flnas search, random, seed 1, d00"));
  check_verified(path / "out");
  // A killed search goes on: here there is nothing left to do.
  BOOST_TEST(run_one_search(request).record["counts"]["evaluated"] == 3);
}

BOOST_AUTO_TEST_CASE(images_are_not_for_it_and_its_flags_are_checked) {
  SearchRequest request = this->request("random", "out");
  request.space = "mlp";
  request.own.of<ChoicesSettings>().file = path / "none.json";
  BOOST_TEST(contains(test::message_of<ConfigError>([&] { run_one_search(request); }), "none.json: no such file"));
  request = this->request("random", "out");
  request.space = "mlp";
  request.own.of<DataSettings>().data.folder.clear();
  BOOST_TEST(contains(test::message_of<ConfigError>([&] { run_one_search(request); }), "--space mlp needs --data DIR"));
}

BOOST_AUTO_TEST_CASE(a_language_model_is_told_of_rows_and_answers_with_designs) {
  std::vector<std::string> prompts;
  const test::RawServer server([&](const std::string& asked, int number) {
    prompts.push_back(asked);
    const Json design = {{"widths", {16 * (1 + number % 3), 8}},
                         {"norm", "batch"},
                         {"activation", "silu"},
                         {"dropout", 0.1},
                         {"residual", false},
                         {"embedding", 2}};
    const std::string text = Json({{"reasoning", "small"}, {"architecture", design}}).dump();
    return test::answer(200, Json({{"model", "scripted-1"}, {"choices", {{{"message", {{"content", text}}}}}}}).dump());
  });
  ::setenv("FLNAS_LLM_KEY", "test-key-1234567", 1);
  SearchRequest request = this->request("flnas", "out");
  request.budget = 2;
  request.llm.llm = "server";
  request.llm.url = server.url();
  request.llm.model = "m";
  const SearchResult result = run_one_search(request);
  BOOST_TEST(result.problems.empty());
  BOOST_TEST(result.record["counts"]["evaluated"] == 2);
  BOOST_TEST(result.record["counts"]["valid_first"] == 2);
  BOOST_TEST_REQUIRE(prompts.size() == 2u);
  for (const char* told : {"multilayer perceptron", "age, signal, visits (numbers), work (steady or casual or none)",
                           "Persons: ", "region: north, south, east", "of these it sees age alone",
                           "`widths` are the hidden layers in order", "- embedding: 0, 1, 2, 4, 8, 16",
                           "Inputs: numbers are standardised by the training part"}) {
    BOOST_TEST(contains(prompts[0], told), told);
  }
  BOOST_TEST(contains(prompts[1], ": 16-8 batch silu dropout 0.1 embedding 2 -> "));
  const std::regex of_images("image|pixel|lesion|skin|convolution|stage", std::regex::icase);
  for (const std::string& prompt : prompts) {
    std::smatch match;
    const bool found = std::regex_search(prompt, match, of_images);
    BOOST_TEST(!found, (found ? match.str() : "") << " in " << prompt);
  }
}

BOOST_AUTO_TEST_CASE(columns_are_told_by_their_names) {
  BOOST_TEST(columns_text({{.name = "age", .categories = {}, .missing = {}},
                           {.name = "degree", .categories = {"F", "M"}, .missing = {}},
                           {.name = "priors", .categories = {}, .missing = {}}}) ==
             "rows of 3 columns: age, priors (numbers), degree (F or M)");
}

BOOST_AUTO_TEST_SUITE_END()
