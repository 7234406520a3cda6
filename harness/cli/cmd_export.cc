#include <fmt/format.h>

#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/study/export_model.h"

namespace flnas::cli {

void add_export(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "write a network as a TorchScript file for other programs",
                         .examples = {"flnas export runs/search3 --out search3.pt",
                                      "flnas export mobilenet_v2 --classes 8 --size 128 --out mobilenet_v2.pt"},
                         .next = "torch.jit.load in Python, torch::jit::load in C++, or flnas measure FILE.pt",
                         .group = kModels};
  add_command<study::ExportRequest>(app, context, help, [](const study::ExportRequest& request) {
    const study::ExportedModel exported = study::export_model(request, named_models());
    fmt::print("{}: {} with {} weights; [N, 3, {}, {}] in [0, 1] -> [N, {}] logits\n", request.out.string(),
               exported.name, exported.trained ? "trained" : "random", exported.options.size, exported.options.size,
               exported.options.classes);
    print_next("flnas measure " + shell_quote(request.out.string()) + " --out DIR");
  });
}

}  // namespace flnas::cli
