#include "searches/architectures.h"

#include "harness/base/json.h"
#include "harness/nn/architecture.h"
#include "harness/nn/classifier.h"
#include "resources/searches.h"

namespace flnas::searches {
namespace {

nn::ModelEntry entry(const char* file, std::int64_t paper_parameters) {
  const std::string where = std::string("searches/architectures/") + file;
  const nn::Architecture architecture = nn::parse_architecture(parse_json(*resource(where), where), where);
  return {.name = architecture.name,
          .title = architecture.title,
          .source = architecture.source,
          .paper_parameters = paper_parameters,
          .claim = nn::Match::kExact,
          .make = [architecture](const nn::ModelOptions& o) { return nn::build_classifier(architecture, o); }};
}

}  // namespace

std::vector<nn::ModelEntry> searched_models() {
  return {entry("search1.json", 3'309'570), entry("search2.json", 293'954), entry("search3.json", 148'098)};
}

}  // namespace flnas::searches
