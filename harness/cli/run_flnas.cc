#include "harness/cli/run_flnas.h"
#include "harness/cli/commands.h"
#include "harness/cli/process_setup.h"
#include "harness/cli/program.h"

namespace flnas::cli {

int run_flnas(int argc, char** argv) {
  set_up_process();
  CLI::App app("flnas: fair, small networks for skin-lesion images, re-run, checked and compared");
  app.name("flnas");
  app.require_subcommand(1);
  int exit_code = 0;
  add_dataset(app, exit_code);
  add_models(app, exit_code);
  add_train(app, exit_code);
  add_evaluate(app, exit_code);
  add_metrics(app, exit_code);
  add_pareto(app, exit_code);
  add_proxies(app, exit_code);
  add_measure(app, exit_code);
  add_search(app, exit_code);
  add_reproduce(app, exit_code);
  add_report(app, exit_code);
  add_verify(app, exit_code);
  return run_program(app, argc, argv, exit_code);
}

}  // namespace flnas::cli
