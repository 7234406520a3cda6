#include "baselines/zoo.h"

#include "baselines/resnet.h"
#include "harness/nn/classifier.h"

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
  };
}

}  // namespace flnas::baselines
