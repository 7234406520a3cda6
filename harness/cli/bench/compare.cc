#include <fmt/format.h>

#include <memory>

#include "harness/cli/bench/commands.h"
#include "harness/cli/bench/text.h"
#include "harness/records/record_json.h"

namespace flnas::cli {

void add_compare(CLI::App& app, int&) {
  struct Arguments {
    std::string first, second;
    bool force = false, json = false;
  };
  auto* command = app.add_subcommand("compare", "ratios of two suites' medians, with a significance test");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("first", arguments->first, "latency.json")->required()->option_text("A.json");
  command->add_option("second", arguments->second, "latency.json")->required()->option_text("B.json");
  command->add_flag("--force", arguments->force, "also across devices, networks and forms");
  command->add_flag("--json", arguments->json, "as JSON");
  command->callback([arguments] {
    const LatencySuite first = read_latency_suite(arguments->first), second = read_latency_suite(arguments->second);
    const auto ratios = compare_suites(first, second, arguments->force);
    if (!arguments->json) return fmt::print("{}", ratios_text(ratios));
    Json list = Json::array();
    for (const auto& ratio : ratios) list.push_back(record_to_json(ratio));
    fmt::print("{}\n", list.dump(2));
  });
}

}  // namespace flnas::cli
