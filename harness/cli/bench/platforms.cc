#include <fmt/format.h>

#include "harness/cli/bench/commands.h"
#include "harness/cli/help.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/records/record_json.h"

namespace flnas::cli {
namespace {

struct PlatformsRequest {
  static constexpr char kCommand[] = "flnas-bench platforms";
  template <class Self, class Visit>
  static void for_each_field(Self&, Visit&&) {}
};

void show(const PlatformsRequest&, const Output& output) {
  const MachineIdentity machine = this_machine();
  Json list = Json::array();
  std::vector<TextRow> rows = {{"platform", "device", "runs on", "here"}};
  for (const auto& name : platform_names()) {
    const Platform platform = load_platform(name);
    Json& row = list.emplace_back(record_to_json(platform));
    row["present"] = is_present(platform, machine);
    rows.push_back({name, platform.title, platform.device,
                    row["present"].get<bool>()    ? "measured"
                    : platform.can_be_estimated() ? "no: estimated"
                                                  : "no: no estimates"});
  }
  fmt::print("{}", output.json ? list.dump(2) + "\n" : show_table(rows, "", output.tables));
  if (!output.json) print_next("flnas-bench --platform NAME, here or with --ssh USER@BOARD");
}

}  // namespace

void add_platforms(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "list the devices, and whether this machine is one",
                         .examples = {"flnas-bench platforms"},
                         .next = "flnas-bench --platform NAME",
                         .tables = true};
  add_command<PlatformsRequest>(app, context, help, show);
}

}  // namespace flnas::cli
