#include "searches/spaces/cnn/models/searched_models.h"

#include "harness/base/json.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/classifier.h"
#include "resources/searches.h"

namespace flnas::searches {
namespace {

nn::Architecture architecture_of(const std::string& name) {
  const std::string where = "searches/spaces/cnn/architectures/" + name + ".json";
  return nn::parse_architecture(parse_json(*resource(where), where), where);
}

nn::ModelEntry entry(const char* name, std::int64_t paper_parameters) {
  const nn::Architecture architecture = architecture_of(name);
  return {.name = architecture.name,
          .title = architecture.title,
          .source = architecture.source,
          .paper_parameters = paper_parameters,
          .claim = nn::Match::kExact,
          .make = [architecture](const nn::ModelOptions& o) { return nn::build_classifier(architecture, o); }};
}

}  // namespace

std::vector<nn::ModelEntry> searched_models() {
  return {entry("search1", 3'309'570), entry("search2", 293'954), entry("search3", 148'098)};
}

std::optional<nn::Architecture> searched_architecture(std::string_view name) {
  for (const char* known : {"search1", "search2", "search3"}) {
    if (name == known) return architecture_of(known);
  }
  return std::nullopt;
}

}  // namespace flnas::searches
