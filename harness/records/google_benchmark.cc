#include "harness/records/google_benchmark.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "harness/base/error.h"

namespace flnas {
namespace {

/// Reads one benchmark's keys, or says which is wrong.
class Keys {
 public:
  Keys(const Json& json, std::string where) : json_(json), where_(std::move(where)) {
    if (!json_.is_object()) throw DataError(fmt::format("{}: expected an object, not {}", where_, json_.type_name()));
  }

  template <class T>
  T get(const char* key) const {
    if (!json_.contains(key)) throw DataError(fmt::format("{}: no key '{}'", where_, key));
    return get_or(key, T());
  }
  template <class T>
  T get_or(const char* key, T otherwise) const {
    if (!json_.contains(key)) return otherwise;
    try {
      return json_.at(key).get<T>();
    } catch (const Json::exception&) {
      throw DataError(fmt::format("{}: key '{}' cannot be {}", where_, key, json_.at(key).dump()));
    }
  }
  bool has(const char* key) const { return json_.contains(key); }
  const std::string& where() const { return where_; }

 private:
  const Json& json_;
  std::string where_;
};

double microseconds_in(const std::string& unit, const std::string& where) {
  if (unit == "ns") return 1e-3;
  if (unit == "us") return 1;
  if (unit == "ms") return 1e3;
  if (unit == "s") return 1e6;
  throw DataError(fmt::format("{}: unknown time_unit '{}'; Google Benchmark writes ns, us, ms or s", where, unit));
}

/// "search3/batch:2/threads:1/form:frozen/process_time/real_time"
void name_result(LatencyResult& result, const std::string& name) {
  static const std::regex kOurs("(.+)/batch:([0-9]{1,6})/threads:([0-9]{1,6})/form:([a-z-]+)(/.*)?");
  constexpr std::size_t kLongest = 500;  // a matcher's stack grows with the text
  std::smatch match;
  result.benchmark = result.model = name;
  if (name.size() > kLongest || !std::regex_match(name, match, kOurs)) return;
  result.model = match[1];
  result.batch = std::stoi(match[2]);
  result.threads = std::stoi(match[3]);
  result.form = match[4];
  result.benchmark =
      fmt::format("{}/batch:{}/threads:{}/form:{}", result.model, result.batch, result.threads, result.form);
}

/// The name without a repetition's or an aggregate's suffix.
std::string name_of(const Keys& keys) { return keys.get_or("run_name", keys.get<std::string>("name")); }

LatencyResult& result_of(LatencySuite& suite, const std::string& name) {
  LatencyResult named;
  name_result(named, name);
  auto& results = suite.results;
  const auto found = std::find_if(results.begin(), results.end(),
                                  [&](const LatencyResult& one) { return one.benchmark == named.benchmark; });
  return found != results.end() ? *found : results.emplace_back(std::move(named));
}

double time_of(const Keys& keys) {
  if (keys.has("p50_us")) return keys.get<double>("p50_us");
  return keys.get<double>("real_time") * microseconds_in(keys.get_or<std::string>("time_unit", "ns"), keys.where());
}

void add_run(LatencySuite& suite, const Keys& keys, const std::string& wanted) {
  const std::string aggregate = keys.get_or<std::string>("aggregate_name", "");
  if (keys.get_or("error_occurred", false) || keys.get_or("skipped", false)) {
    LatencyResult& result = result_of(suite, name_of(keys));
    result.status = kFailed;
    result.reason = keys.get_or<std::string>("error_message", keys.get_or<std::string>("skip_message", "an error"));
    return;
  }
  if (aggregate == wanted) result_of(suite, name_of(keys)).samples_us.push_back(time_of(keys));
}

void conclude(LatencyResult& result) {
  if (result.status == kFailed) {
    result.samples_us.clear();
    return;
  }
  result.status = kUnreliable;
  result.reason = "Google Benchmark's file does not say what else the machine did";
  result.latency = summarise_samples(result.samples_us);
}

}  // namespace

bool is_google_benchmark(const Json& json) {
  return json.is_object() && json.contains("context") && json.contains("benchmarks");
}

LatencySuite suite_from_google_benchmark(const Json& json, const std::string& where) {
  LatencySuite suite;
  suite.environment = {{"host", Keys(json.at("context"), where + ": context").get_or<std::string>("host_name", "")}};
  const Json& benchmarks = json.at("benchmarks");
  if (!benchmarks.is_array()) throw DataError(fmt::format("{}: benchmarks: expected a list", where));
  // Repetitions, or aggregates where there are no repetitions.
  for (const char* wanted : {"", "median", "mean"}) {
    for (std::size_t i = 0; i < benchmarks.size(); ++i) {
      add_run(suite, Keys(benchmarks[i], fmt::format("{}: benchmarks[{}]", where, i)), wanted);
    }
    const bool any = std::any_of(suite.results.begin(), suite.results.end(),
                                 [](const LatencyResult& result) { return !result.samples_us.empty(); });
    if (any) break;
  }
  for (LatencyResult& result : suite.results) conclude(result);
  return suite;
}

LatencySuite read_latencies(const std::filesystem::path& file) {
  const Json json = read_json(file);
  return is_google_benchmark(json) ? suite_from_google_benchmark(json, file.string()) : read_latency_suite(file);
}

}  // namespace flnas
