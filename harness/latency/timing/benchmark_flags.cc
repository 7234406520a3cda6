#include "harness/latency/timing/benchmark_flags.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
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

void initialise_benchmark(const std::vector<std::string>& flags) {
  // Google Benchmark reads its flags from an argv, whose first word it keeps.
  static std::vector<std::string> words;
  words = {"flnas-bench"};
  words.insert(words.end(), kDefaults.begin(), kDefaults.end());
  words.insert(words.end(), flags.begin(), flags.end());
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
