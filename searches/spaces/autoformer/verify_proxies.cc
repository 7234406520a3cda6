#include "searches/spaces/autoformer/verify_proxies.h"

#include <map>
#include <string>
#include <vector>

#include "harness/verification/check.h"
#include "searches/core/archive.h"
#include "searches/spaces/autoformer/autoformer_space.h"
#include "searches/spaces/autoformer/subnet_summary.h"

namespace flnas::searches {
namespace {

/// The record's summary from the archive. Accuracies came from a table that is not kept.
Json computed_summary(const Json& record, const History& history) {
  const Json& settings = record.at("settings");
  std::map<std::string, double> accuracies;
  for (const Json& point : record.at("points")) {
    if (point.at("accuracy").is_null()) continue;
    accuracies[point.at("subnet").get<std::string>()] = point.at("accuracy").get<double>();
  }
  const nn::ModelOptions options{.classes = settings.at("classes").get<std::int64_t>(),
                                 .size = settings.at("size").get<std::int64_t>()};
  const AutoFormerSearchSpace space(settings.at("space"), settings.at("partition"), options);
  return summarise_subnets(space, history, settings.at("proxies").get<std::vector<std::string>>(), accuracies);
}

}  // namespace

void verify_proxy_search(Check& check, const std::string& file, const VerifyRequest&) {
  check.digest(file);
  const Json record = read_json(check.folder() / file);
  if (record.value("schema", 1) < 2) {
    return check.skip(file, "an earlier version wrote it, without an archive: its points were not compared");
  }
  if (record.value("status", "") == "running") return check.skip(file, "the search is not finished");
  const Json computed = computed_summary(record, read_history(check.folder() / "archive.jsonl"));
  for (const auto& [key, value] : computed.items()) {
    check.same(file, key, "search", record.value(key, Json(nullptr)), value);
  }
}

}  // namespace flnas::searches
