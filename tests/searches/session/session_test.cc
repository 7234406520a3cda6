// `flnas search` as functions, with a script in a language model's place.
#include "searches/session/session.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <set>

#include "harness/base/files.h"
#include "harness/records/nas_search.h"
#include "searches/proxies/proxy_settings.h"
#include "searches/session/verifiers.h"
#include "searches/spaces/autoformer/autoformer_space.h"
#include "searches/spaces/autoformer/subnet_settings.h"
#include "searches/spaces/nas_bench_201/cell_words.h"
#include "searches/spaces/nas_bench_201/tables/table_settings.h"
#include "tests/base/fixture.h"
#include "tests/support/paths.h"
#include "tests/support/raw_server.h"

using namespace flnas;
using namespace flnas::searches;

namespace {

struct Sessions : test::TemporaryFolder {
  Sessions() {
    ::setenv("FLNAS_CACHE", (path / "cache").c_str(), 1);
    ::setenv("FLNAS_LLM_KEY", "test-key-1234567", 1);
  }

  SearchRequest request(const std::string& strategy, const std::string& out) const {
    SearchRequest request;
    request.strategy = strategy;
    request.out = path / out;
    return request;
  }
  SearchRequest on_tables(const std::string& strategy, const std::string& out) const {
    SearchRequest request = this->request(strategy, out);
    request.own.of<TableSettings>().tables = tests::tests_dir() + "/../datasets/nas/miniature";
    request.target = "host";
    request.budget = 30;
    request.own.of<TableSettings>().predictor_cells = 10;
    return request;
  }
  /// Small images, so that a subnet takes a fraction of a second; latencies are estimates, which repeat.
  SearchRequest on_transformers(const std::string& strategy, const std::string& out) const {
    SearchRequest request = this->request(strategy, out);
    request.space = "autoformer-tiny";
    request.target = "pi4";
    request.own.of<ProxySettings>().proxies = {"params"};
    request.own.of<ProxySettings>().proxy_batch = 2;
    request.own.of<SubnetSettings>().classes = 4;
    request.train.size = 16;
    request.train.threads = 1;
    request.niches = strategy == "llmnas" ? "depth" : "";
    request.budget = 8;
    return request;
  }
  static void answered_by(SearchRequest& request, const test::RawServer& server) {
    request.llm.llm = "server";
    request.llm.url = server.url();
    request.llm.model = "m";
  }
};

std::string said(const Json& text) {
  return test::answer(200,
                      Json({{"model", "scripted-1"}, {"choices", {{{"message", {{"content", text.dump()}}}}}}}).dump());
}

/// Another connected cell of the miniature tables for each of 192 questions.
std::string a_cell(const std::string&, int number) {
  static const char* kOperations[] = {"none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3"};
  const auto operation = [&](int digit) { return kOperations[number / 3 >> (2 * digit) & 3]; };
  return said({{"architecture", fmt::format("|{}~0|+|none~0|{}~1|+|{}~0|none~1|{}~2|", operation(0), operation(1),
                                            kOperations[1 + number % 3], operation(2))}});
}

/// Connected cells of the miniature tables in the letters of seed 1, others for each question.
std::string letters(const std::string&, int number) {
  const CellWords words = CellWords::anonymous(1);
  Random random(static_cast<std::uint64_t>(number) + 1);
  const auto cell = [&] {
    nn::Cell drawn;
    for (auto& operation : drawn.operations) operation = static_cast<nn::CellOperation>(random.below(4));
    drawn.operations[1] = drawn.operations[4] = nn::CellOperation::kNone;  // as in all cells of the tables
    drawn.operations[3] = nn::CellOperation::kSkipConnect;
    return words.write(drawn);
  };
  Json children = Json::array();
  for (int i = 0; i < 20; ++i) children.push_back({{"architecture", cell()}, {"rationale", "why not"}});
  return said({{"positive", {"short"}}, {"negative", Json::array()}, {"architecture", cell()}, {"children", children}});
}

/// Subnets of all niches, others for each question.
std::string subnets(const std::string&, int number) {
  const AutoFormerSearchSpace space("autoformer-tiny", "none", {.classes = 4, .size = 16});
  Random random(static_cast<std::uint64_t>(number) + 1);
  Json children = Json::array();
  for (int i = 0; i < 20; ++i) {
    children.push_back(
        {{"architecture", space.canonical(*space.sample(SearchSpace::kAnywhere, random))}, {"rationale", "why not"}});
  }
  return said({{"positive", {"deep"}}, {"negative", Json::array()}, {"children", children}});
}

/// A record's searches without what the clock says.
Json figures(Json record) {
  Json searches = Json::array();
  for (Json& pair : record["pairs"]) {
    for (Json search : pair["searches"]) {
      search.erase("seconds");
      if (!search["chat"].is_null()) search["chat"].erase("waiting_seconds");
      searches.push_back(std::move(search));
    }
  }
  return searches;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(session, Sessions)

BOOST_AUTO_TEST_CASE(flnas_s_loop_searches_nas_bench_201_and_goes_on_without_asking_again) {
  test::RawServer server(a_cell);
  SearchRequest request = on_tables("flnas", "out");
  answered_by(request, server);
  const SearchResult result = run_one_search(request);
  BOOST_TEST(result.problems.empty());
  const NasSearchRecord record = read_nas_search(path / "out/nas_search.json");
  BOOST_TEST_REQUIRE(record.pairs.size() == 1u);
  BOOST_TEST_REQUIRE(record.pairs[0].searches.size() == 1u);
  const NasSearchResult& search = record.pairs[0].searches[0];
  BOOST_TEST(search.strategy == "flnas");
  BOOST_TEST(search.evaluations == 30);
  BOOST_TEST(*search.hypervolume > 0);
  const std::size_t asked = server.requests().size();
  BOOST_TEST(search.chat->calls == static_cast<std::int64_t>(asked));
  BOOST_TEST(asked >= 20u);  // the predictor has ten of the thirty cells
  const Verification found = verify_all({.folder = path / "out"}, verifiers());
  BOOST_TEST(found.failures.empty());
  BOOST_TEST(figures(run_one_search(request).record) == figures(result.record));
  BOOST_TEST(server.requests().size() == asked);
}

BOOST_AUTO_TEST_CASE(nothing_names_the_benchmark_in_an_anonymous_search) {
  test::RawServer server(letters);
  CompareRequest request{
      .strategies = {"flnas-anonymous", "llmnas-anonymous"}, .seeds = 1, .search = on_tables("", "out")};
  answered_by(request.search, server);
  const SearchResult result = compare_searches(request);
  BOOST_TEST(result.record["pairs"][0]["searches"].size() == 2u);
  for (const Json& search : result.record["pairs"][0]["searches"]) BOOST_TEST(search["evaluations"] == 30);
  BOOST_TEST(server.requests().size() > 20u);
  for (const std::string& asked : server.requests()) {
    for (const char* word : {"conv", "skip_", "avg_pool", "NAS-Bench", "lesions", "16, 32"}) {
      BOOST_TEST(!test::contains(asked, word), word << " in " << asked);
    }
  }
}

BOOST_AUTO_TEST_CASE(llmnas_with_a_language_model_searches_transformers) {
  test::RawServer server(subnets);
  SearchRequest request = on_transformers("llmnas", "out");
  answered_by(request, server);
  const SearchResult result = run_one_search(request);
  BOOST_TEST(result.problems.empty());
  BOOST_TEST(result.record["evaluations"] == 8);
  BOOST_TEST(result.record["settings"]["partition"] == "depth");
  BOOST_TEST(result.record["chat"]["calls"] == server.requests().size());
  BOOST_TEST(server.requests().size() > 1u);
  std::set<std::string> subnets;
  for (const Json& point : result.record["points"]) subnets.insert(point["design"].get<std::string>());
  BOOST_TEST(subnets.size() == 8u);
  const Verification found = verify_all({.folder = path / "out"}, verifiers());
  BOOST_TEST(found.failures.empty());
  BOOST_TEST(found.records == 1);
}

BOOST_AUTO_TEST_CASE(tables_and_transformers_run_by_the_same_engine_and_refuse_another_search_in_their_folder) {
  for (const bool tables : {true, false}) {
    const auto make = [&](const char* strategy) {
      return tables ? on_tables(strategy, "tables") : on_transformers(strategy, "transformers");
    };
    run_one_search(make("random"));
    SearchRequest other = make("random");
    other.budget = 7 + (tables ? 10 : 0);
    BOOST_CHECK_EXCEPTION(run_one_search(other), ConfigError, [](const Error& error) {
      return test::contains(error.what(), "holds a search with another 'budget'; choose another --out");
    });
  }
}

BOOST_AUTO_TEST_CASE(an_ablation_on_tables_compares_what_is_whole_with_what_is_not) {
  const SearchResult result = ablate({.seeds = 1, .search = on_tables("", "out")});
  std::set<std::string> groups, names;
  for (const Json& row : result.record["strategies"]) {
    groups.insert(row["group"].get<std::string>());
    names.insert(row["name"].get<std::string>());
    BOOST_TEST(row["status"] == kPassed);
  }
  BOOST_TEST((groups == std::set<std::string>{"strategy", "ablation"}));
  BOOST_TEST(names.contains("offline-no-partition"));
  BOOST_TEST(result.record["pairs"][0]["searches"].size() == result.record["strategies"].size());
}

BOOST_AUTO_TEST_CASE(networks_of_any_space_are_searched_by_proxies_without_data_and_go_on_where_they_were_cut) {
  for (const char* space : {"cnn", "nas_bench_201"}) {
    BOOST_TEST_CONTEXT(space) {
      SearchRequest request = this->request("nsga2", space);
      request.space = space;
      request.evaluator = kProxies;
      request.own.of<ProxySettings>().proxies = {"params"};
      request.own.of<ProxySettings>().proxy_batch = 2;
      if (request.space == "cnn") request.train.size = 32;
      request.train.threads = 1;
      request.budget = 12;
      const Json record = run_one_search(request).record;
      BOOST_TEST(record["evaluations"] == 12);
      BOOST_TEST(record["settings"]["latency"] == "none");
      for (const Json& point : record["points"]) {
        BOOST_TEST(point["latency_ms"].is_null());
        BOOST_TEST(point["proxies"]["params"].get<double>() ==
                       static_cast<double>(point["parameters"].get<std::int64_t>()) * 1e-6,
                   boost::test_tools::tolerance(1e-6));
      }
      const std::string archive = read_file(request.out / "archive.jsonl");
      write_file(request.out / "archive.jsonl", archive.substr(0, archive.size() / 2));
      BOOST_TEST(run_one_search(request).record["points"] == record["points"]);
      const Verification found = verify_all({.folder = request.out}, verifiers());
      BOOST_TEST(found.failures.empty());
      BOOST_TEST(found.records == 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_front_of_a_search_by_proxies_is_written_and_its_best_has_the_highest_proxy) {
  SearchRequest request = this->request("random", "out");
  request.space = "cnn";
  request.evaluator = kProxies;
  request.own.of<ProxySettings>().proxies = {"params"};
  request.train.size = 32;
  request.train.threads = 1;
  request.budget = 5;
  const Json record = run_one_search(request).record;
  double most = 0;
  for (const Json& point : record["front"]) {
    const auto name = point["name"].get<std::string>();
    BOOST_TEST(std::filesystem::exists(request.out / "front" / (name + ".py")));
    BOOST_TEST(record["files"].contains("front/" + name + ".json"));
    most = std::max(most, point["proxies"]["params"].get<double>());
    if (record["best"] == name) {
      BOOST_TEST(read_json(request.out / "best.json")["stages"].size() == point["design"]["stages"].size());
      BOOST_TEST(point["proxies"]["params"] == record["front"].back()["proxies"]["params"]);
    }
  }
  BOOST_TEST(record["front"].back()["proxies"]["params"] == most);
  write_file(request.out / "best.json", "{}");
  const Verification found = verify_all({.folder = request.out}, verifiers());
  BOOST_TEST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].file == "best.json");
}

BOOST_AUTO_TEST_SUITE_END()
