#include "harness/latency/timing/benchmark_flags.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "harness/base/error.h"
#include "harness/base/names.h"

namespace flnas {
namespace {

/// Before the user's: of a pass, and of what the reporters show.
constexpr std::array kDefaults = {"--benchmark_min_time=0.5", "--benchmark_time_unit=ms"};

/// The last of `--benchmark_NAME=VALUE`, else BENCHMARK_NAME of the environment, else `otherwise`. A flag alone is
/// true.
std::string value_of(const std::vector<std::string>& flags, const std::string& name, const std::string& otherwise) {
  std::string variable = "BENCHMARK_" + name;
  std::transform(variable.begin(), variable.end(), variable.begin(), [](unsigned char c) { return std::toupper(c); });
  const char* given = std::getenv(variable.c_str());
  std::string value = given != nullptr ? given : otherwise;
  const std::string flag = "--benchmark_" + name;
  for (const auto& word : flags) {
    if (word == flag) value = "true";
    if (word.rfind(flag + "=", 0) == 0) value = word.substr(flag.size() + 1);
  }
  return value;
}

/// A number, then `unit`, and nothing more: 0.5 of "0.5s".
std::optional<double> number_before(const std::string& text, char unit) {
  if (text.empty() || text.back() != unit) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  const bool whole = end == text.c_str() + text.size() - 1 && end != text.c_str();
  return whole && std::isfinite(value) && value > 0 ? std::optional(value) : std::nullopt;
}

[[noreturn]] void refuse_time(const std::string& value) {
  throw ConfigError(
      fmt::format("--benchmark_min_time cannot be '{}'; give seconds such as 0.5s, or calls such as 10x", value));
}

/// 1.8 reads a minimum time with its unit.
bool reads_units() {
  const std::string version = FLNAS_BENCHMARK_VERSION;
  return std::atoi(version.c_str()) > 1 || std::atoi(version.substr(version.find('.') + 1).c_str()) >= 8;
}

/// In the words of the version that is linked; what `iterations_of` reads is left out.
std::vector<std::string> known_spelling(const std::vector<std::string>& flags) {
  constexpr std::string_view kTime = "--benchmark_min_time=", kDry = "--benchmark_dry_run";
  std::vector<std::string> words;
  for (const auto& flag : flags) {
    if (flag.starts_with(kDry)) continue;
    if (!flag.starts_with(kTime)) {
      words.push_back(flag);
      continue;
    }
    const std::string value = flag.substr(kTime.size());
    if (value.ends_with('x')) continue;
    const bool has_unit = value.ends_with('s');
    if (!number_before(has_unit ? value : value + 's', 's')) refuse_time(value);
    words.push_back(!reads_units() && has_unit ? flag.substr(0, flag.size() - 1) : flag);
  }
  return words;
}

/// As Google Benchmark reads a flag's value.
bool is_true(std::string value) {
  std::transform(value.begin(), value.end(), value.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::array<std::string_view, 7> kFalse = {"0", "f", "n", "no", "false", "off", "-"};
  return std::find(kFalse.begin(), kFalse.end(), value) == kFalse.end();
}

}  // namespace

BenchmarkOutput output_of(const std::vector<std::string>& flags) {
  BenchmarkOutput output;
  output.file = value_of(flags, "out", output.file);
  output.file_format = value_of(flags, "out_format", output.file_format);
  output.display_format = value_of(flags, "format", output.display_format);
  output.only_lists = is_true(value_of(flags, "list_tests", "false"));
  return output;
}

std::optional<std::int64_t> iterations_of(const std::vector<std::string>& flags) {
  if (is_true(value_of(flags, "dry_run", "false"))) return 1;
  const std::string value = value_of(flags, "min_time", "");
  if (!value.ends_with('x')) return std::nullopt;
  const auto count = number_before(value, 'x');
  if (!count || *count != std::floor(*count) || *count > 1e9) refuse_time(value);
  return static_cast<std::int64_t>(*count);
}

void initialise_benchmark(const std::vector<std::string>& flags) {
  // Google Benchmark reads its flags from an argv, whose first word it keeps.
  static std::vector<std::string> words;
  words = {"flnas-bench"};
  words.insert(words.end(), kDefaults.begin(), kDefaults.end());
  const auto known = known_spelling(flags);
  words.insert(words.end(), known.begin(), known.end());
  words.emplace_back(output_of(flags).file.empty() ? "--benchmark_out=" : "--benchmark_out=/dev/null");
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  int argc = static_cast<int>(argv.size());
  // It calls this, and would end the program, at a value that it does not take.
  static std::string given;
  given = fmt::format("{}", fmt::join(flags, ", "));
  benchmark::Initialize(&argc, argv.data(), [] {
    throw ConfigError(
        fmt::format("Google Benchmark does not take a value in {}; its user guide has the valid ones", given));
  });
  if (argc > 1) {
    throw ConfigError(fmt::format("Google Benchmark does not know {}; its flags are in its user guide",
                                  fmt::join(argv.begin() + 1, argv.begin() + argc, ", ")));
  }
}

std::unique_ptr<benchmark::BenchmarkReporter> make_reporter(const std::string& format) {
  switch (find_name("benchmark format", format, {"console", "json", "csv"})) {
    case 0:
      return std::make_unique<benchmark::ConsoleReporter>(benchmark::ConsoleReporter::OO_None);
    case 1:
      return std::make_unique<benchmark::JSONReporter>();
    default:
      break;
  }
    // Its authors would like to be rid of this one, but it is among their formats.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  return std::make_unique<benchmark::CSVReporter>();
#pragma GCC diagnostic pop
}

std::string benchmark_version() { return FLNAS_BENCHMARK_VERSION; }

}  // namespace flnas
