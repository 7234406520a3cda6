#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "datasets/splits/split.h"
#include "datasets/synthetic/synth.h"
#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/registry.h"
#include "harness/study/train_model.h"
#include "tests/base/fixture.h"

namespace flnas::test {

/// A registry of one tiny network, and 100 synthetic images of 16 px with a split.
struct Study : TemporaryFolder {
  nn::Registry registry{{{.name = "tiny", .title = "Tiny", .source = "here", .make = [](const nn::ModelOptions& o) {
                            return nn::build_classifier(
                                nn::parse_architecture(Json::parse(R"({"stages": [{"channels": 4, "norm": "batch"}],
                                                    "head": {"reduce": "global_average"}})"),
                                                       "tiny"),
                                o);
                          }}}};

  Study() {
    ::setenv("FLNAS_CACHE", (path / "cache").c_str(), 1);
    write_synthetic(path / "data", {.images = 100, .size = 16, .seed = 3});
    const Table table = read_table(path / "data", load_adapter("isic2019"));
    write_json(path / "split.json", split_to_json(make_split(table, {.protocol = "clean", .images = 0})));
  }

  study::TrainRequest train(const std::string& out) const {
    study::TrainRequest request;
    request.model = "tiny";
    request.data = {.folder = path / "data", .split = path / "split.json"};
    request.out = path / out;
    request.config.task = "binary";
    request.config.size = 16;
    request.config.epochs = 1;
    request.config.threads = 1;
    request.config.device = "cpu";
    return request;
  }
};

}  // namespace flnas::test
