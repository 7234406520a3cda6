#include <fmt/format.h>
#include <torch/script.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/base/process.h"
#include "harness/base/text.h"
#include "harness/records/latency_suite.h"
#include "tests/base/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using test::contains;

namespace {

/// flnas-bench in a folder of its own. Whether this machine is quiet enough for VALID (0) or not (1) does not matter.
struct Bench : test::TemporaryFolder {
  ProcessResult run(const std::string& arguments) const {
    return system_processes().run({"sh", "-c", fmt::format("{} {}", tests::bench_program(), arguments)}, path, "",
                                  std::chrono::seconds(120));
  }
  ProcessResult suite(const std::string& arguments) const {
    return run("--models search3 --size 32 --batch 1 --threads 1 --retries 0 --benchmark_min_time=0.01 " + arguments);
  }
  void fails(const std::string& arguments, int exit_code, const std::vector<std::string>& parts) const {
    const ProcessResult result = run(arguments);
    BOOST_TEST_CONTEXT(arguments << "\n" << result.output) {
      BOOST_TEST(result.exit_code == exit_code);
      BOOST_TEST(contains(result.output, "error: "));
      for (const auto& part : parts) BOOST_TEST(contains(result.output, part), "no '" << part << "'");
      BOOST_TEST(!std::filesystem::exists(path / "latency.json"));
    }
  }
};

bool has_digit(const std::string& text) { return text.find_first_of("0123456789") != text.npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bench, Bench)

BOOST_AUTO_TEST_CASE(a_suite_measures_every_form_and_its_files_hold_every_sample) {
  const ProcessResult result = suite("--out l.json --benchmark_out=g.json");
  BOOST_TEST_INFO(result.output);
  BOOST_REQUIRE(result.exit_code <= 1);
  // One table, and Google Benchmark's only where it is asked for.
  BOOST_TEST(contains(result.output, "Latency of a call on host, measured: batch 1, threads 1\nmodel  "));
  BOOST_TEST(!contains(result.output, "Iterations"));
  const LatencySuite suite = read_latency_suite(path / "l.json");
  BOOST_REQUIRE(suite.results.size() == 3U);
  BOOST_TEST((suite.verdict == kValid) == (result.exit_code == 0));
  BOOST_TEST(suite.results[0].samples_us.size() >= 15U);
  BOOST_TEST(suite.device == "host");
  BOOST_TEST(suite.results[0].training_step_peak_bytes.value_or(1) > 0);
  // Google Benchmark's own schema.
  const Json google = read_json(path / "g.json");
  BOOST_TEST(google.at("context").contains("library_build_type"));
  BOOST_REQUIRE(google.at("benchmarks").size() == 3U);
  BOOST_TEST(google["benchmarks"][0].at("name") == "search3/batch:1/threads:1/form:eager/process_time/real_time");
  BOOST_TEST(google["benchmarks"][0].at("real_time").is_number());

  // What took part, by its version.
  const Json& libtorch = suite.environment.at("libtorch");
  const auto names_a_version = [](const Json& text) { return text.is_string() && has_digit(text.get<std::string>()); };
  BOOST_TEST(names_a_version(libtorch.at("version")));
  BOOST_TEST(names_a_version(suite.environment.at("benchmark").at("version")));
  if (libtorch.at("onednn") == true) BOOST_TEST(names_a_version(libtorch.at("onednn_version")));
  if (contains(libtorch.at("blas"), "openblas")) BOOST_TEST(contains(libtorch.at("openblas"), "OpenBLAS 0."));

  const std::string agreement = run("compare l.json l.json").output;
  BOOST_TEST(contains(agreement, "medians: 3 of 3 within 3 % of each other, the largest difference 0.0 %"));
  // Google Benchmark's file counts its medians.
  BOOST_TEST(contains(run("compare l.json g.json").output, "medians: 3 of 3 within 3 %"));
  const ProcessResult compared = run("compare l.json l.json --json");
  BOOST_TEST_INFO(compared.output);
  BOOST_REQUIRE(compared.exit_code == 0);
  const Json ratios = parse_json(compared.output, "compare");
  BOOST_TEST(ratios.at(0).at("ratio") == 1.0);
  const auto trusted = std::count_if(ratios.begin(), ratios.end(), [](const Json& one) { return one["trusted"]; });
  BOOST_TEST(contains(agreement, trusted == 0
                                     ? "of those that are reliable in both: none"
                                     : fmt::format("of those that are reliable in both: {0} of {0} ", trusted)));
}

BOOST_AUTO_TEST_CASE(google_benchmarks_own_flags_work) {
  const ProcessResult listed = suite("--benchmark_list_tests --out none.json");
  BOOST_TEST(listed.output ==
             "search3/batch:1/threads:1/form:eager/process_time/real_time\n"
             "search3/batch:1/threads:1/form:frozen/process_time/real_time\n"
             "search3/batch:1/threads:1/form:optimised/process_time/real_time\n");
  BOOST_TEST(!std::filesystem::exists(path / "none.json"));
  const ProcessResult json = suite("--benchmark_format=json --benchmark_filter=eager --out l.json 2>/dev/null");
  BOOST_TEST(parse_json(json.output, "stdout").at("benchmarks").size() == 1U);
  BOOST_TEST(read_latency_suite(path / "l.json").results.size() == 1U);
}

BOOST_AUTO_TEST_CASE(csv_has_the_interval_the_verdict_and_the_reason_of_each_benchmark) {
  const ProcessResult result = suite("--modes eager --no-training-memory --csv --out l.json 2>/dev/null");
  const LatencyResult found = read_latency_suite(path / "l.json").results.at(0);
  const std::vector<std::string> lines = split(result.output, '\n');
  BOOST_REQUIRE(lines.size() >= 2U);
  BOOST_TEST(lines[0].starts_with(
      "benchmark,model,mode,batch,threads,precision,device,mark,verdict,reason,p50_us,p50_low_us,p50_high_us,"));
  BOOST_TEST(lines[1].starts_with("search3/batch:1/threads:1/form:eager,search3,eager,1,1,float32,host,measured," +
                                  std::string(found.status == kPassed ? "valid," : "unreliable,")));
  BOOST_TEST(contains(
      lines[1], fmt::format("{},{},{}", found.latency->p50_us, found.latency->p50_low_us, found.latency->p50_high_us)));
}

BOOST_AUTO_TEST_CASE(newer_spellings_of_google_benchmarks_flags_are_taken) {
  const std::string one =
      "--models search3 --size 32 --batch 1 --threads 1 --modes eager --passes 1 --retries 0 "
      "--no-training-memory --out l.json ";
  BOOST_TEST(run(one + "--benchmark_min_time=0.01s").exit_code <= 1);
  for (const char* calls : {"--benchmark_min_time=40x", "--benchmark_min_time=40x --benchmark_repetitions=1"}) {
    BOOST_TEST(run(one + calls).exit_code <= 1);
    BOOST_TEST(read_latency_suite(path / "l.json").results.at(0).samples_us.size() == 40U);
  }
  // Once, and the rest of the least number of samples.
  BOOST_TEST(run(one + "--benchmark_dry_run").exit_code <= 1);
  BOOST_TEST(read_latency_suite(path / "l.json").results.at(0).samples_us.size() == 15U);
  std::filesystem::remove(path / "l.json");
  for (const char* wrong : {"0x", "-3x", "1.5x", "x", "tenx"}) {
    fails(one + "--benchmark_min_time=" + wrong, 2, {"--benchmark_min_time cannot be '" + std::string(wrong) + "'"});
  }
  fails(one + "--benchmark_min_time=soon", 2, {"--benchmark_min_time cannot be 'soon'"});
}

// Those that its --help prints; --benchmark_min_time is in every command of this file.
BOOST_AUTO_TEST_CASE(repetitions_aggregates_units_contexts_and_logs_are_as_the_flags_say) {
  const std::string one = "--modes eager --no-training-memory --benchmark_repetitions=2 ";
  const ProcessResult json =
      suite(one +
            "--passes 2 --benchmark_display_aggregates_only=true --benchmark_format=json --benchmark_out=g.json "
            "--benchmark_time_unit=us --benchmark_context=board=mine --benchmark_min_warmup_time=0.01 --v=2 2>log");
  BOOST_TEST_INFO(json.output);
  BOOST_TEST(contains(read_file(path / "log"), "Running search3/batch:1"));
  // Of the last pass alone: mean, median, standard deviation, coefficient of variation.
  const Json shown = parse_json(json.output, "stdout"), written = read_json(path / "g.json");
  BOOST_REQUIRE(shown.at("benchmarks").size() == 4U);
  for (const auto& row : shown["benchmarks"]) BOOST_TEST(row.at("run_type") == "aggregate");
  BOOST_REQUIRE(written.at("benchmarks").size() == 6U);
  BOOST_TEST(written["benchmarks"][0].at("run_type") == "iteration");
  BOOST_TEST(written["benchmarks"][0].at("time_unit") == "us");
  BOOST_TEST(written.at("context").at("board") == "mine");

  ::setenv("BENCHMARK_OUT", "g.csv", 1);
  const ProcessResult console = suite(one +
                                      "--passes 1 --benchmark_format=console --benchmark_report_aggregates_only=true "
                                      "--benchmark_out_format=csv --benchmark_color=true "
                                      "--benchmark_counters_tabular=true --benchmark_enable_random_interleaving=true "
                                      "--benchmark_list_tests=false");
  ::unsetenv("BENCHMARK_OUT");
  BOOST_TEST_INFO(console.output);
  BOOST_TEST(contains(console.output, "\x1b["));
  BOOST_TEST(!contains(console.output, "UserCounters..."));
  const std::string csv = read_file(path / "g.csv");
  BOOST_TEST(contains(csv, "real_time_mean"), csv);
  BOOST_TEST(!contains(csv, "real_time\","), csv);

  BOOST_TEST(suite("--benchmark_list_tests=1 --benchmark_filter=-frozen").output ==
             "search3/batch:1/threads:1/form:eager/process_time/real_time\n"
             "search3/batch:1/threads:1/form:optimised/process_time/real_time\n");
}

BOOST_AUTO_TEST_CASE(a_board_that_is_not_here_is_estimated_or_an_error) {
  fails("--platform pi4 --models search3 --require-device", 1, {"this machine is no Raspberry Pi 4"});
  const ProcessResult result = suite("--platform pi4 --modes eager --out l.json");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(contains(result.output, "Raspberry Pi 4 Model B is not here"));
  const LatencySuite suite = read_latency_suite(path / "l.json");
  BOOST_TEST(suite.platform == "pi4");
  BOOST_TEST(suite.device == "host");
  BOOST_REQUIRE(suite.estimates.size() >= 1U);
  for (const auto& estimate : suite.estimates) {
    BOOST_TEST(estimate.mark == "estimated");
    BOOST_TEST(estimate.low_us < estimate.median_us);
    BOOST_TEST(estimate.median_us < estimate.high_us);
  }
}

BOOST_AUTO_TEST_CASE(a_model_that_cannot_be_built_leaves_the_others_measured_and_estimated) {
  std::filesystem::create_directories(path / "models");
  // A head that leaves no pixel at this size.
  write_file(
      path / "models/deep.json", R"({"stages": [)" + [] {
        std::string stages;
        for (int i = 0; i < 8; ++i)
          stages += std::string(i ? "," : "") + R"({"channels": 8, "kernel": 3, "stride": 2, "padding": 0})";
        return stages;
      }() + "]}");
  const ProcessResult result =
      run("--platform pi4 --models search3,models/deep.json --size 32 --batch 1 --threads 1 --modes eager --passes 1 "
          "--retries 0 --no-training-memory --benchmark_min_time=0.01 --out l.json");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(result.exit_code == 1);
  const LatencySuite suite = read_latency_suite(path / "l.json");
  BOOST_REQUIRE(suite.results.size() == 2U);
  BOOST_TEST(suite.results[0].latency.has_value());
  BOOST_TEST(suite.results[1].status == kFailed);
  BOOST_TEST(suite.estimates.at(0).model == "search3");
}

BOOST_AUTO_TEST_CASE(a_torchscript_file_has_its_own_classes_and_may_not_take_images_of_this_size) {
  torch::jit::Module fixed("fixed");
  fixed.define("def forward(self, images):\n  return images.reshape(images.size(0), 3 * 32 * 32)[:, 0:5]\n");
  fixed.save(path / "fixed.pt");
  const ProcessResult result =
      run("--models fixed.pt --size 32 --batch 2 --threads 1 --modes eager --passes 1 --retries 0 "
          "--no-training-memory --benchmark_min_time=0.01 --out l.json");
  BOOST_TEST_INFO(result.output);
  BOOST_REQUIRE(result.exit_code <= 1);
  BOOST_TEST(read_latency_suite(path / "l.json").results.at(0).classes == 5);
  BOOST_TEST(read_latency_suite(path / "l.json").results.at(0).logits.size() == 10U);
  fails("--models fixed.pt --size 64", 2, {"does not take images [N, 3, 64, 64]; give the --size"});
}

BOOST_AUTO_TEST_CASE(an_openblas_that_takes_the_processor_for_an_old_one_is_told) {
  ::setenv("OPENBLAS_CORETYPE", "Prescott", 1);
  const ProcessResult result = suite("--modes eager --passes 1 --no-training-memory --out l.json");
  ::unsetenv("OPENBLAS_CORETYPE");
  const Json libtorch = read_latency_suite(path / "l.json").environment.at("libtorch");
  const bool openblas = libtorch.at("openblas").is_string() && contains(libtorch.at("capability").dump(), "AVX");
  BOOST_TEST(contains(result.output, "OPENBLAS_CORETYPE=Haswell") == openblas, result.output);
}

BOOST_AUTO_TEST_CASE(a_filter_that_leaves_nothing_is_an_error) {
  fails("--models search3 --benchmark_filter=nosuch --out l.json", 2,
        {"leaves no benchmark", "--benchmark_list_tests"});
  // So is one that is no regular expression, also where only a list is asked for.
  fails("--models search3 --benchmark_filter='[' --benchmark_list_tests", 2,
        {"leaves no benchmark (", "regular expression"});
  BOOST_TEST(!std::filesystem::exists(path / "l.json"));
}

BOOST_AUTO_TEST_CASE(an_emulated_processor_never_gives_a_devices_latency) {
  ::setenv("FLNAS_EMULATED", "1", 1);
  const ProcessResult result = suite("--platform host --modes eager --out l.json");
  ::unsetenv("FLNAS_EMULATED");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(result.exit_code == 1);
  const LatencySuite suite = read_latency_suite(path / "l.json");
  BOOST_TEST(suite.verdict == kInvalid);
  BOOST_TEST(suite.results.at(0).mark == "emulated");
}

BOOST_AUTO_TEST_CASE(bad_input_is_answered_in_one_line_and_leaves_nothing) {
  fails("--platform pi44", 2, {"unknown platform 'pi44'", "did you mean 'pi4'"});
  fails("--models serch3", 2, {"unknown model 'serch3'", "search3"});
  fails("--models none.pt", 2, {"none.pt", "no such"});
  fails("--modls search3", 2, {"unknown flag '--modls'", "did you mean '--models'"});
  fails("search3", 2, {"unexpected argument 'search3'"});
  fails("--models search3 --modes frosen", 2, {"did you mean 'frozen'"});
  fails("--models search3 --batch 0", 2, {"--batch must be above 0"});
  fails("--models search3 --passes 0 --retries -1", 2, {"--passes must be above 0", "--retries must not be below 0"});
  fails("--models search3 --program flnas-bench", 2, {"need --ssh HOST"});
  fails("--models search3 --ssh pi@board:2222", 2, {"has a port without ssh:// (ssh://pi@board:2222)"});
  fails("--models search3 --benchmark_no_such=1", 2, {"Google Benchmark does not know --benchmark_no_such=1"});
  fails("--models search3 --benchmark_time_unit=xs", 2, {"does not take a value in --benchmark_time_unit=xs"});
  fails("--models search3 --v", 2, {"unknown flag '--v'"});
  fails("--models search3 --benchmark_format=xml", 2, {"unknown benchmark format 'xml'"});
  fails("compare a.json b.json", 3, {"a.json"});
  fails("compare --frce a.json b.json", 2, {"unknown flag '--frce'"});
}

BOOST_AUTO_TEST_SUITE_END()
