#include "baselines/zoo.h"

#include "baselines/fahana.h"
#include "baselines/mobilenet_v1.h"
#include "baselines/mobilenet_v2.h"
#include "baselines/resnet.h"
#include "harness/nn/classifier.h"
#include "harness/nn/mlp/mlp.h"

namespace flnas::baselines {

using nn::Match;
using nn::ModelOptions;

std::vector<nn::ModelEntry> zoo() {
  return {
      {"resnet18", "ResNet-18", "He et al., CVPR 2016, arXiv 1512.03385", 11'169'858, Match::kExact,
       [](const ModelOptions& o) {
         return make_resnet({2, 2, 2, 2}, o);
       }},
      {"resnet34", "ResNet-34", "He et al., CVPR 2016, arXiv 1512.03385", 21'278'018, Match::kExact,
       [](const ModelOptions& o) {
         return make_resnet({3, 4, 6, 3}, o);
       }},
      {"mobilenet_v1", "MobileNetV1", "Howard et al., arXiv 1704.04861", 3'199'106, Match::kExact, make_mobilenet_v1},
      {"mobilenet_v2", "MobileNetV2", "Sandler et al., CVPR 2018, arXiv 1801.04381", 7'054'850, Match::kExact,
       make_mobilenet_v2},
      {"fahana_fair", "FaHaNa-Fair", "after Sheng et al., DAC 2022, arXiv 2202.11317", 5'532'866, Match::kApproximate,
       make_fahana_fair},
      nn::mlp_entry({.name = "logistic_regression",
                     .title = "Logistic regression",
                     .source = "Cox, Journal of the Royal Statistical Society B 20, 1958",
                     .widths = {}}),
      nn::mlp_entry(
          {.name = "mlp", .title = "MLP", .source = "two hidden layers of 64 and 32 units, ReLU", .widths = {64, 32}}),
  };
}

}  // namespace flnas::baselines
