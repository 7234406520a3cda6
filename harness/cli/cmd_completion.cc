#include <fmt/format.h>

#include "harness/base/names.h"
#include "harness/cli/commands.h"
#include "harness/cli/completion.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"

namespace flnas::cli {
namespace {

struct CompletionRequest {
  static constexpr char kCommand[] = "flnas completion";
  std::string shell;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("shell", self.shell, "whose completion is printed", {.value = "bash", .positional = true, .required = true});
  }
};

}  // namespace

void add_completion(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "print a script that completes commands, flags and values in a shell",
                         .examples = {"source <(flnas completion bash)",
                                      "flnas completion bash > ~/.local/share/bash-completion/completions/flnas"},
                         .next = "open a new shell, and press Tab after flnas",
                         .group = kMore};
  add_command<CompletionRequest>(app, context, help, [&app](const CompletionRequest& request) {
    find_name("shell", request.shell, {"bash"});
    fmt::print("{}", bash_completion(app, known_models().names()));
    print_next("source <(flnas completion bash)");
  });
}

}  // namespace flnas::cli
