// flnas: fair, small networks for skin-lesion images, re-run, checked and compared.
#include "harness/apps/commands.h"
#include "harness/apps/program/process_setup.h"
#include "harness/apps/program/program.h"

int main(int argc, char** argv) {
  flnas::apps::set_up_process();
  CLI::App app("flnas: fair, small networks for skin-lesion images, re-run, checked and compared");
  app.name("flnas");
  app.require_subcommand(1);
  int exit_code = 0;
  flnas::apps::add_dataset(app, exit_code);
  flnas::apps::add_models(app, exit_code);
  flnas::apps::add_train(app, exit_code);
  flnas::apps::add_evaluate(app, exit_code);
  flnas::apps::add_metrics(app, exit_code);
  flnas::apps::add_pareto(app, exit_code);
  flnas::apps::add_proxies(app, exit_code);
  flnas::apps::add_measure(app, exit_code);
  flnas::apps::add_search(app, exit_code);
  flnas::apps::add_reproduce(app, exit_code);
  flnas::apps::add_report(app, exit_code);
  flnas::apps::add_verify(app, exit_code);
  return flnas::apps::run_program(app, argc, argv, exit_code);
}
