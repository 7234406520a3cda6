// One changed byte in any kind of file that a program leaves makes `flnas verify` INVALID, and it names that file. All
// files below a folder belong to a kind listed here: one that nobody listed fails the test.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <regex>
#include <vector>

#include "harness/base/files.h"
#include "tests/cli/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

namespace fs = std::filesystem;

/// A kind of file, by its path below the folder.
struct Kind {
  std::string path;            ///< regular expression
  const char* named = "";      ///< the file that verify names where it is not this one: the record that was made of it
  const char* unchecked = "";  ///< why verify cannot know: then it is not changed
};

/// What a report leaves beside its records.
const std::vector<Kind> kReport = {
    {R"(report/report\.html)"}, {R"(report/report\.md)"},       {R"(report/report\.tex)"},
    {R"(report/report\.pdf)"},  {R"(report/summary\.txt)"},     {R"(report/files\.json)", "report/"},
    {R"(report/\w+\.csv)"},     {R"(report/\w+\.json)"},        {R"(report/\w+\.md)"},
    {R"(report/\w+\.tex)"},     {R"(report/figures/\w+\.svg)"}, {R"(report/figures/\w+\.gp)"},
};

struct Records : tests::Program {
  /// Makes records below out, without gnuplot and latexmk: a report's figures and its PDF are then a few bytes.
  void make(const std::string& command) const {
    write_file(root / "bin/latexmk", "#!/bin/sh\necho %PDF-1.5 > report.pdf\n");
    write_file(root / "bin/gnuplot",
               "#!/bin/sh\nfile=$(sed -n \"s/^set output '\\(.*\\)'.*/\\1/p\")\n"
               "echo '<svg viewBox=\"0 0 4 4\"><rect width=\"4\" height=\"4\"/></svg>' > \"$file\"\n");
    const auto made = shell("chmod +x bin/*; PATH=$PWD/bin:$PATH " + command);
    BOOST_TEST_CONTEXT(made.output) { BOOST_TEST_REQUIRE(made.exit_code == 0); }
  }
  void flnas(const std::string& arguments) const { make(fmt::format("{} {}", tests::flnas_program(), arguments)); }

  /// The files below the folder by their kind. Fails for a file of no kind, and for a kind without a file.
  std::map<const Kind*, std::vector<std::string>> sorted(const std::string& out, const std::vector<Kind>& kinds) const {
    std::map<const Kind*, std::vector<std::string>> found;
    for (const auto& entry : fs::recursive_directory_iterator(root / out)) {
      if (!entry.is_regular_file()) continue;
      const std::string name = fs::relative(entry.path(), root / out).string();
      const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                     [&](const Kind& each) { return std::regex_match(name, std::regex(each.path)); });
      BOOST_TEST((kind != kinds.end()), name << " is of no kind that this test knows: list it");
      if (kind != kinds.end()) found[&*kind].push_back(name);
    }
    for (const Kind& kind : kinds) BOOST_TEST(found.contains(&kind), "no file is " << kind.path);
    return found;
  }

  /// Changes the byte in the middle of a file of each kind, one at a time, and verifies the folder.
  void change_each(const std::string& out, const std::vector<Kind>& kinds) const {
    const auto untouched = run("verify " + out);
    BOOST_TEST_CONTEXT(untouched.output) { BOOST_TEST_REQUIRE(untouched.exit_code == 0); }
    for (auto& [kind, names] : sorted(out, kinds)) {
      if (*kind->unchecked != '\0') continue;
      const std::string name = *std::min_element(names.begin(), names.end());
      const auto file = root / out / name;
      const std::string content = read_file(file);
      std::string changed = content;
      char& byte = changed[changed.size() / 2];
      byte = static_cast<char>(byte ^ 1);
      write_file(file, changed);
      const auto verified = run("verify " + out);
      BOOST_TEST_CONTEXT(name << ": " << verified.output) {
        BOOST_TEST(verified.exit_code == 1);
        BOOST_TEST(contains("\n" + verified.output, "\n" + (*kind->named == '\0' ? name : std::string(kind->named))));
      }
      write_file(file, content);
    }
  }
};

/// What a search leaves: in the folder that the arms of a comparison share, and in its own, both as expressions.
std::vector<Kind> search_files(const std::string& shared, const std::string& own) {
  std::vector<Kind> kinds;
  for (const char* name : {R"(split\.json)", R"(adapter\.json)", R"(designs/\w+\.json)", R"(reported/\w+/design\.json)",
                           R"(reported/\w+/predictions\.csv)", R"(reported/\w+/metrics\.json)",
                           R"(runs/[^/]+/run\.json)", R"(runs/[^/]+/predictions\.csv)", R"(runs/[^/]+/adapter\.json)",
                           R"(runs/[^/]+/history\.jsonl)", R"(runs/[^/]+/checkpoint\.pt)", R"(runs/[^/]+/model\.pt)"}) {
    kinds.push_back({shared + name});
  }
  for (const char* name : {R"(search\.json)", R"(archive\.jsonl)", R"(best\.json)", R"(best\.py)", R"(designs\.csv)"}) {
    kinds.push_back({own + name});
  }
  return kinds;
}

std::vector<Kind> with_report(std::vector<Kind> kinds) {
  kinds.insert(kinds.begin(), kReport.begin(), kReport.end());
  return kinds;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(changed_bytes, Records)

BOOST_AUTO_TEST_CASE(of_a_reproduction_and_its_report) {
  flnas("reproduce --data data --models search3 --size 16 --epochs 1 --out out");
  change_each("out", with_report({{R"(reproduce\.json)"},
                                  {R"(split\.json)"},
                                  {R"(adapter\.json)", "runs/"},
                                  {R"(questions\.json)"},
                                  {R"(statistics\.json)"},
                                  {R"(runs/[^/]+/run\.json)"},
                                  {R"(runs/[^/]+/predictions\.csv)"},
                                  {R"(runs/[^/]+/adapter\.json)"},
                                  {R"(runs/[^/]+/history\.jsonl)"},
                                  {R"(runs/[^/]+/checkpoint\.pt)"},
                                  {R"(runs/[^/]+/model\.pt)"},
                                  {R"(hardware/[^/]+/run\.json)"},
                                  {R"(hardware/[^/]+/latency\.json)"},
                                  {R"(hardware/[^/]+/estimate\.json)"}}));
}

BOOST_AUTO_TEST_CASE(of_a_comparison_of_designers) {
  flnas(
      fmt::format("search compare --strategies evolution,random --best pareto --data data --split split.json --task "
                  "binary --size 16 --epochs 1 --threads 1 --device cpu --budget 2 --target none --choices "
                  "{}/../searches/spaces/cnn/small.json --out out",
                  tests::tests_dir()));
  auto kinds = search_files(R"(seed-\d/)", R"(seed-\d/\w+/)");
  kinds.push_back({R"(comparison\.json)"});
  kinds.push_back({R"(seed-\d/\w+/front/[^/]+)"});
  change_each("out", kinds);
}

BOOST_AUTO_TEST_CASE(of_a_search_that_asked) {
  write_file(root / "prompt.txt", "Design a network for {{size}} px.");
  write_file(root / "design.json", R"({"stages": [{"channels": 8, "pooling": "max"}, {"channels": 16}]})");
  make(fmt::format(
      "sh -c 'mkdir -p out/exchange; (while [ ! -e out/exchange/0001.prompt.txt ]; do sleep 0.05; done; cat "
      "design.json > out/exchange/0001.reply.txt) & {} search flnas --llm file --target none --prompt "
      "prompt.txt --data data --split split.json --task binary --size 16 --epochs 1 --threads 1 --device cpu "
      "--budget 1 --choices {}/../searches/spaces/cnn/small.json --out out'",
      tests::flnas_program(), tests::tests_dir()));
  auto kinds = search_files("", "");
  kinds.push_back({R"(ledger\.jsonl)"});
  kinds.push_back(
      {R"(exchange/\d+\.(prompt|reply)\.txt)", "", "the letters of a person; what came of them is in the archive"});
  change_each("out", kinds);
}

BOOST_AUTO_TEST_CASE(of_searches_on_tables_and_of_transformers) {
  flnas(
      fmt::format("search compare --tables {}/../datasets/nas/miniature --budget 60 --predictor-cells 20 --seeds 1 "
                  "--target host --strategies llmnas-offline,random --out nas",
                  tests::tests_dir()));
  change_each("nas", {{R"(nas_search\.json)"}, {R"(predicted_ranks\.bin)"}, {R"(searches/[^/]+\.jsonl)"}});
  flnas(
      "search llmnas --space autoformer-tiny --target pi4 --size 16 --classes 4 --proxy-batch 2 --proxies params "
      "--threads 1 --budget 2 --niches none --out tf");
  change_each("tf", {{R"(proxy_search\.json)"}, {R"(archive\.jsonl)"}});
}

BOOST_AUTO_TEST_CASE(of_a_latency_suite_and_an_estimate) {
  make(
      fmt::format("{} --models search3 --size 32 --batch 1 --threads 1 --retries 0 --benchmark_min_time=0.01 --out "
                  "out/bench/host.json; true",
                  tests::bench_program()));
  flnas("measure search3 --platform pi4 --out out/h");
  change_each("out", {{R"(bench/host\.json)"}, {R"(h/run\.json)"}, {R"(h/estimate\.json)"}});
}

BOOST_AUTO_TEST_SUITE_END()
