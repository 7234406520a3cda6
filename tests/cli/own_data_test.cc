// Every command on a data set whose name, classes, tasks, attributes, groups and units are all unlike ISIC 2019's.
#include <boost/test/unit_test.hpp>
#include <regex>

#include "harness/base/hash.h"
#include "harness/base/json.h"
#include "harness/records/record.h"
#include "tests/cli/fixture.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

/// mine/pics/*.jpg and mine/visits.csv: three findings, patients with two images each, skin types and clinics.
void write_own_data(const std::filesystem::path& root) {
  write_synthetic(root / "drawn", {.images = 120, .size = 16, .seed = 5});
  std::vector<std::filesystem::path> images;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "drawn")) {
    if (entry.path().extension() == ".jpg") images.push_back(entry.path());
  }
  std::sort(images.begin(), images.end());
  std::string table = "file,finding,patient,skin_type,clinic\n";
  std::filesystem::create_directories(root / "mine/pics");
  constexpr const char* kFindings[] = {"wart", "mole", "scar"};
  constexpr const char* kClinics[] = {"north", "south", "harbour"};
  for (std::size_t i = 0; i < images.size(); ++i) {
    const std::size_t patient = i / 2;
    std::filesystem::rename(images[i], root / "mine/pics" / fmt::format("visit{:03}.jpg", i));
    table += fmt::format("visit{:03},{},P{:02},{},{}\n", i, kFindings[patient % 3], patient,
                         patient % 7 == 6       ? ""
                         : patient / 3 % 2 == 0 ? "light"
                                                : "dark",
                         kClinics[patient / 2 % 3]);
  }
  write_file(root / "mine/visits.csv", table);
  std::filesystem::remove_all(root / "drawn");
}

constexpr char kNetwork[] = R"(
import torch.nn as nn
# three findings
net = nn.Sequential(
    nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
    nn.Conv2d(8, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
    nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 3))
)";

struct OwnData {
  test::TemporaryFolder folder;
  std::filesystem::path root = folder.path;
  std::string said;  ///< by all commands

  OwnData() {
    ::setenv("FLNAS_CACHE", (root / "cache").c_str(), 1);
    write_own_data(root);
    write_file(root / "mine.py", kNetwork);
  }

  tests::ProgramResult run(const std::string& arguments) {
    auto result = tests::run_flnas_program(tests::split_words(arguments), root);
    BOOST_TEST_CONTEXT("flnas " << arguments << "\n" << result.output) { BOOST_TEST(result.exit_code == 0); }
    if (!contains(arguments, "--json")) {
      said += result.output;  // keys keep their names
      BOOST_TEST(contains(result.errors, "next: "), "flnas " << arguments << " does not say what comes next");
    }
    return result;
  }
  std::string text(const std::string& file) const { return read_file(root / file); }
  void check_refused(const std::string& arguments, int exit_code, const std::string& part) const {
    const auto result = tests::run_flnas_program(tests::split_words(arguments), root);
    BOOST_TEST_CONTEXT("flnas " << arguments << "\n" << result.output) {
      BOOST_TEST(result.exit_code == exit_code);
      BOOST_TEST(contains(result.errors, part));
    }
  }

  /// Words of ISIC 2019 that nothing in these data says; in what commands say, Table I neither (a report may number
  /// its first table so).
  void check_words(const std::string& what, const std::string& where) const {
    static const std::regex kForeign(
        R"(isic8|\bbinary\b|ISIC|\bsex\b|\bage\b|\bmale\b|female|lesions?\b|malignant|benign)");
    std::smatch found;
    const bool any = std::regex_search(what, found, kForeign);
    const auto at = any ? static_cast<std::size_t>(found.position()) : 0;
    BOOST_TEST(!any, where << ": ..." << what.substr(at - std::min<std::size_t>(at, 60), 140) << "...");
    BOOST_TEST((where != "commands" || !contains(what, "Table I")), what);
  }
};

constexpr char kTrain[] = "--data mine --split split.json --size 16 --epochs 1 --threads 1 --device cpu ";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(own_data, OwnData)

BOOST_AUTO_TEST_CASE(every_command_takes_data_unlike_isic_and_records_stand_without_the_adapters_file) {
  run("dataset describe mine/visits.csv --out mine/adapter.json");
  BOOST_TEST(contains(run("dataset check mine").output, "120 images of 60 patients"));
  BOOST_TEST(contains(run("dataset split mine --images 0 --out split.json").output, "patients"));
  BOOST_TEST(contains(run("dataset split mine --images 60 --out part.json").errors, "60 of 120 images were selected"));
  BOOST_TEST(contains(run(std::string("train search3 --out runs/a ") + kTrain).output, "next: flnas metrics runs/a"));
  run(std::string("train mine.py --out runs/b ") + kTrain);
  BOOST_TEST(read_json(root / "runs/b/run.json").at("model").at("title") == "mine");

  // What was made with an adapter keeps it: another one in the data's folder changes nothing.
  Json other = read_json(root / "mine/adapter.json");
  other["attributes"].erase("clinic");
  std::filesystem::remove(root / "mine/adapter.json");
  run("verify runs");
  run("evaluate runs/a --data mine --split split.json --out again.csv");
  for (const char* predictions : {"again.csv", "runs/a/predictions.csv"}) {
    const Json metrics = parse_json(run(std::string("metrics --json ") + predictions).out, "metrics");
    BOOST_TEST(metrics.at("unfairness_sum") == read_json(root / "runs/a/run.json").at("metrics").at("unfairness_sum"));
    BOOST_TEST(metrics.at("groups").contains("harbour"));
  }
  run("metrics runs/a/predictions.csv runs/b/predictions.csv");
  run("export runs/b --out b.pt");
  const std::string train = std::string(kTrain) + "--adapter runs/a/adapter.json ";
  run("train b.pt --title Exported --out runs/c " + train);
  BOOST_TEST(read_json(root / "runs/c/run.json").at("model").at("title") == "Exported");
  BOOST_TEST(read_json(root / "runs/c/run.json").at("inputs").at("model") == sha256_file(root / "b.pt"));
  const std::string tuned = run("train mine.py --init runs/b --out runs/d " + train).out;
  const std::string weights = sha256_file(root / "runs/b/model.pt");
  BOOST_TEST(contains(tuned, "started from runs/b (SHA-256 " + weights.substr(0, 12)), tuned);
  BOOST_TEST(read_json(root / "runs/d/run.json").at("inputs").at("weights") == weights);
  check_refused("train mine.py --out runs/d " + train, 2, "holds a run with weights to start from");
  std::filesystem::copy_file(tests::tests_dir() + "/searches/spaces/cnn/models/golden/sequential.py", root / "py.py");
  std::filesystem::copy_file(tests::tests_dir() + "/searches/spaces/cnn/models/golden/sequential.pth", root / "py.pth");
  run("train py.py --init py.pth --out runs/f " + train);
  BOOST_TEST(read_json(root / "runs/f/run.json").at("inputs").at("weights") == sha256_file(root / "py.pth"));
  BOOST_TEST(read_json(root / "runs/f/run.json").at("inputs").at("model") == sha256_file(root / "py.py"));
  check_refused("train mine.py --init py.pth --out runs/e " + train, 2,
                "py.pth: not the weights of mine: it lacks '0.");
  check_refused("train search3 --init b.pt --out runs/e " + train, 2, "b.pt: not the weights of search3");
  check_refused("train b.safetensors --out runs/e " + train, 2, "give the network as the model");
  run("measure mine.py --seconds 0.01 --out hardware");
  run("proxies mine.py --classes 3 --size 16 --batch 4 --proxies synflow --threads 1");
  run("models mine.py --classes 3 --size 16");
  const std::string answers = run("report runs/a runs/b --out compared").out;
  BOOST_TEST(contains(answers, "\nMore accurate: "), answers);
  BOOST_TEST(contains(answers, "\nThis rests on "), answers);
  run("verify compared");
  run("pareto compared/report/table1.csv --minimise parameters --maximise accuracy");
  write_json(root / "mine/adapter.json", other);
  run("verify runs");
  BOOST_TEST(contains(text("compared/report/report.md"), "harbour"));
  check_words(said, "commands");
  check_words(text("compared/report/report.md"), "report of runs");
  const std::string page = text("compared/report/report.md");
  const std::string tables = page.substr(0, page.find("## Appendix: terms"));  // which explain the mark
  BOOST_TEST(!contains(tables, "not measured"));
}

BOOST_AUTO_TEST_CASE(a_study_of_ones_own_data_and_model_is_reported_and_verified) {
  run("dataset describe mine/visits.csv --out mine.json");
  run("reproduce --data mine --adapter mine.json --models mine.py --images 0 --size 16 --epochs 1 --no-hardware "
      "--title \"Three findings\" --threads 1 --out out");
  std::filesystem::remove(root / "mine.json");
  run("verify out");
  run("report out");
  BOOST_TEST(contains(text("out/report/report.md"), "Three findings"));
  BOOST_TEST(contains(text("out/report/table1.csv"), "mine"));
  BOOST_TEST(!contains(text("out/report/table1.csv"), "ResNet-18"));
  check_words(said, "commands");
  check_words(text("out/report/report.md"), "report");
}

BOOST_AUTO_TEST_CASE(a_search_on_ones_own_data_keeps_the_adapter) {
  run("dataset describe mine/visits.csv --out mine.json");
  run("dataset split mine --adapter mine.json --images 0 --out split.json");
  const auto result = run(
      "search random --data mine --adapter mine.json --split split.json --size 16 --epochs 1 --budget 2 --threads 1 "
      "--max-macs 3000000 --device cpu --target none --out found");
  BOOST_TEST(contains(result.errors, "multiply-accumulates per image"), result.errors);
  for (const Json& design : read_json(root / "found/search.json").at("trajectory")) {
    BOOST_TEST(design.at("cost").at("macs") <= 3'000'000);
  }
  run("search compare --strategies random --seeds 1 --data mine --adapter mine.json --split split.json --size 16 "
      "--epochs 1 --budget 1 --threads 1 --device cpu --target none --out compared");
  std::filesystem::remove(root / "mine.json");
  run("verify found");
  run("verify compared");
  run("report found");
  BOOST_TEST(text("found/designs.csv").starts_with("design,round,status,reason,verdict,on_front,parameters"));
  BOOST_TEST(contains(text("found/designs.csv"), "\nd002,"));
  check_words(said, "commands");
}

BOOST_AUTO_TEST_CASE(folders_of_classes_need_no_adapter) {
  for (int i = 0; i < 120; ++i) {
    const auto name = fmt::format("visit{:03}.jpg", i);
    const char* finding = i / 2 % 2 == 0 ? "mole" : "wart";
    std::filesystem::create_directories(root / "folders" / finding);
    std::filesystem::rename(root / "mine/pics" / name, root / "folders" / finding / name);
  }
  run("dataset check folders");
  run("dataset split folders --images 0 --out split.json");
  run("train search3 --data folders --split split.json --size 16 --epochs 1 --threads 1 --device cpu --out run");
  run("verify run");
  run("evaluate run --data folders --split split.json --out again.csv");
  BOOST_TEST(parse_json(run("metrics --json again.csv").out, "metrics").at("accuracy") ==
             read_json(root / "run/run.json").at("metrics").at("accuracy"));
  run("report run --out reported");
  run("verify reported");
  check_words(said, "commands");
}

BOOST_AUTO_TEST_SUITE_END()
