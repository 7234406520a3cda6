#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "harness/cli/bench/commands.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/records/record_json.h"

namespace flnas::cli {

void add_platforms(CLI::App& app, int&) {
  auto* command =
      app.add_subcommand("platforms", "the devices that flnas-bench knows, and whether this machine is one");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "as JSON");
  command->callback([json] {
    const MachineIdentity machine = this_machine();
    Json list = Json::array();
    for (const auto& name : platform_names()) {
      const Platform platform = load_platform(name);
      Json row = record_to_json(platform);
      row["present"] = is_present(platform, machine);
      if (!*json) {
        fmt::print("{:<12} {:<28} {:<5} {}\n", name, platform.title, platform.device,
                   row["present"].get<bool>()    ? "here: measured"
                   : platform.can_be_estimated() ? "not here: estimated"
                                                 : "not here: no estimates");
      }
      list.push_back(std::move(row));
    }
    if (*json) fmt::print("{}\n", list.dump(2));
  });
}

}  // namespace flnas::cli
