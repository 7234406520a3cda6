#include "harness/cli/run_flnas.h"

#include <string>

#include "harness/cli/commands.h"
#include "harness/cli/process_setup.h"
#include "harness/cli/program.h"

namespace flnas::cli {

void add_flnas_commands(CLI::App& app, Context& context) {
  set_up_program(app, "flnas");
  app.description("flnas: fair, small networks for images of people, re-run, checked and compared");
  add_dataset(app, context);
  add_models(app, context);
  add_train(app, context);
  add_evaluate(app, context);
  add_export(app, context);
  add_proxies(app, context);
  add_measure(app, context);
  add_search(app, context);
  add_reproduce(app, context);
  add_report(app, context);
  add_verify(app, context);
  add_metrics(app, context);
  add_pareto(app, context);
  add_completion(app, context);
  app.footer("Start with: flnas reproduce --out out\nflnas COMMAND --help shows examples.\n");
}

int run_flnas(int argc, char** argv) {
  set_up_process();
  CLI::App app;
  Context context;
  add_flnas_commands(app, context);
  if (argc < 2) {
    std::string words[] = {"flnas", "--help"};
    char* arguments[] = {words[0].data(), words[1].data()};
    return run_program(app, 2, arguments, context.exit_code);
  }
  return run_program(app, argc, argv, context.exit_code);
}

}  // namespace flnas::cli
