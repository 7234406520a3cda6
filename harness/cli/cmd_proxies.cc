#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/proxies/run_proxies.h"

namespace flnas::cli {

void add_proxies(CLI::App& app, Context& context) {
  using proxies::ProxiesRequest;
  const CommandHelp help{.summary = "zero-cost proxies of networks with random weights, before any training",
                         .examples = {"flnas proxies search1 search2 search3 --size 64",
                                      "flnas proxies --cells random:20 --dataset cifar10 --out proxies.csv"},
                         .next = "flnas search with --evaluator proxies searches by them",
                         .group = kModels,
                         .tables = true};
  add_command<ProxiesRequest>(app, context, help, [](const ProxiesRequest& request, const Output& output) {
    const proxies::ProxyResults results = proxies::run_proxies(request, known_models());
    fmt::print("{}", output.json ? proxies::proxies_json(results, request).dump(2) + "\n"
                                 : proxies::proxies_text(results, output.tables));
    if (!output.json) print_next("flnas train MODEL --data DIR --split FILE --out RUN");
  });
}

}  // namespace flnas::cli
