// Planted bias: sex is plain to see and goes with the class in the training part, what really tells the classes apart
// is faint. A network takes the short cut, and errs by sex; mitigation has to talk it out of that.
#include <ATen/Functions.h>
#include <fmt/format.h>
#include <torch/nn/modules/linear.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <filesystem>

#include "datasets/images/decode.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/nn/classifier.h"
#include "harness/records/predictions.h"
#include "harness/runs/run.h"
#include "tests/base/fixture.h"
#include "tests/support/verify.h"

namespace {

namespace fs = std::filesystem;
using namespace flnas;

constexpr int kSide = 16;

/// Logistic regression on the mean colour.
struct MeanColour : nn::Classifier {
  torch::nn::Linear head{nullptr};
  MeanColour() { head = register_module("head", torch::nn::Linear(3, 2)); }
  torch::Tensor forward(const torch::Tensor& images) override { return head(images.mean({2, 3})); }
};

/// In place of draws, the k-th of n quantiles of a logistic distribution with a standard deviation of about one.
double spread(int k, int n) {
  const double share = (k + 0.5) / n;
  return 0.6 * std::log(share / (1 - share));
}

struct PlantedBias {
  test::TemporaryFolder folder;
  fs::path root = folder.path;
  Split split;
  std::string labels = "image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK\n";
  std::string metadata = "image,age_approx,anatom_site_general,lesion_id,sex\n";
  int images = 0;

  PlantedBias() {
    ::setenv("FLNAS_CACHE", (root / "cache").c_str(), 1);
    for (const bool male : {false, true}) {
      for (const bool malignant : {false, true}) {
        add(split.train, male == malignant ? 80 : 20, male, malignant);
        add(split.validation, 40, male, malignant);
        add(split.test, 40, male, malignant);
      }
    }
    write_file(root / "data/ISIC_2019_Training_GroundTruth.csv", labels);
    write_file(root / "data/ISIC_2019_Training_Metadata.csv", metadata);
    const Table table = read_table(root / "data", load_adapter("isic2019"));
    split.adapter = table.adapter.name;
    split.data_name = table.name;
    split.fingerprint = table.fingerprint;
    split.protocol = "clean";
    split.unit = "lesion";
    write_json(root / "split.json", split_to_json(split));
  }

  void add(std::vector<std::string>& part, int count, bool male, bool malignant) {
    for (int k = 0; k < count; ++k) {
      const std::string image = fmt::format("ISIC_{:07}", ++images);
      const double red = male ? 150 : 100, green = 120 + (malignant ? 14 : -14) + 16 * spread(k, count);
      Picture picture{.width = kSide, .height = kSide, .pixels = {}};
      for (int p = 0; p < kSide * kSide; ++p) {
        for (const double value : {red, green, 120.0}) picture.pixels.push_back(static_cast<std::uint8_t>(value));
      }
      const auto bytes = encode_jpeg(picture, 95);
      write_file(root / "data/ISIC_2019_Training_Input" / (image + ".jpg"), std::string(bytes.begin(), bytes.end()));
      labels += image + (malignant ? ",1,0,0,0,0,0,0,0,0\n" : ",0,1,0,0,0,0,0,0,0\n");
      metadata += fmt::format("{},45,,,{}\n", image, male ? "male" : "female");
      part.push_back(image);
    }
  }

  RunRequest request(const std::string& mitigation) const {
    RunRequest request;
    request.model = {.name = "mean-colour", .classes = 2, .input = {3, kSide, kSide}};
    request.make = [] { return std::make_shared<MeanColour>(); };
    request.config.task = "binary";
    request.config.size = kSide;
    request.config.epochs = 15;
    request.config.patience = 0;
    request.config.batch = 20;
    request.config.lr = 0.1;
    request.config.schedule = "cosine";
    request.config.inputs = "standardised";
    request.config.augment = "none";
    request.config.mitigation = mitigation;
    request.config.mitigation_attributes = "sex";
    request.config.dro_step = 0.1;
    request.config.threads = 1;
    request.config.device = "cpu";
    request.data = {.folder = root / "data", .split = root / "split.json"};
    request.out = root / mitigation;
    request.quiet = true;
    return request;
  }

  /// |difference of TPR| + |difference of FPR| between the sexes on the test part, and the accuracy.
  struct Figures {
    double gap = 0;
    double accuracy = 0;
  };
  Figures figures(const std::string& run) const {
    double called[2][2] = {}, right = 0;
    const auto rows = read_predictions(root / run / "predictions.csv", {"sex", "age"}).rows;
    for (const auto& row : rows) {
      if (row.subset != "test") continue;
      const bool male = row.attributes[0] == "male", malignant = row.label == "malignant";
      called[male ? 1 : 0][malignant ? 1 : 0] += row.prediction == "malignant" ? 1 : 0;
      right += row.prediction == row.label ? 1 : 0;
    }
    return {std::abs(called[0][0] - called[1][0]) / 40 + std::abs(called[0][1] - called[1][1]) / 40, right / 160};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mitigation, PlantedBias)

BOOST_AUTO_TEST_CASE(each_mitigation_narrows_the_gap_that_a_short_cut_opens) {
  run_training(request("none"));
  const Figures plain = figures("none");
  BOOST_TEST(plain.gap > 0.6);
  BOOST_TEST(plain.accuracy > 0.65);
  for (const char* name : {"reweight", "balanced-sampling", "group-dro", "thresholds"}) {
    const RunRecord record = run_training(request(name));
    const Figures mitigated = figures(name);
    BOOST_TEST(mitigated.gap < plain.gap / 2, name << ": " << mitigated.gap << " against " << plain.gap);
    BOOST_TEST(mitigated.accuracy > plain.accuracy - 0.02, name << ": " << mitigated.accuracy);
    BOOST_TEST(record.training->mitigation->at("name") == name);
    BOOST_TEST(test::verify(root / name).failures.empty(), name);
  }
}

BOOST_AUTO_TEST_CASE(a_record_says_what_the_mitigation_came_to) {
  const Json reweight = *run_training(request("reweight")).training->mitigation;
  // P(male) P(malignant) / P(male, malignant) = 1/2 x 1/2 / (80 / 200).
  BOOST_TEST(reweight.at("by_group").at("male").at("malignant") == 0.625);
  BOOST_TEST(reweight.at("by_group").at("female").at("malignant") == 2.5);
  BOOST_TEST(reweight.at("attributes") == Json({"sex"}));
  const Json thresholds = *run_training(request("thresholds")).training->mitigation;
  BOOST_TEST(thresholds.at("by_group").at("female").get<double>() < thresholds.at("by_group").at("male").get<double>());
}

BOOST_AUTO_TEST_CASE(a_prediction_that_does_not_follow_the_recorded_thresholds_is_invalid) {
  run_training(request("thresholds"));
  const fs::path file = root / "thresholds/predictions.csv";
  Predictions predictions = read_predictions(file, {"sex", "age"});
  auto& row = predictions.rows.front();
  row.prediction = row.prediction == "malignant" ? "benign" : "malignant";
  write_predictions(file, predictions);
  bool found = false;
  for (const auto& failure : test::verify(root / "thresholds").failures) {
    found = found || failure.rule == "mitigation";
  }
  BOOST_TEST(found);
}

BOOST_AUTO_TEST_CASE(thresholds_of_eight_classes_and_unknown_attributes_are_refused) {
  RunRequest eight = request("thresholds");
  eight.config.task = "isic8";
  BOOST_TEST(test::contains(test::message_of<ConfigError>([&] { run_training(eight); }), "positive"));
  RunRequest unknown = request("reweight");
  unknown.config.mitigation_attributes = "sexx";
  BOOST_TEST(test::contains(test::message_of<ConfigError>([&] { run_training(unknown); }), "did you mean 'sex'"));
}

BOOST_AUTO_TEST_SUITE_END()
