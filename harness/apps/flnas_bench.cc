// flnas-bench: latency and memory of networks on a device.
#include "harness/apps/bench/commands.h"
#include "harness/apps/program/process_setup.h"
#include "harness/apps/program/program.h"

int main(int argc, char** argv) {
  flnas::apps::set_up_process();
  CLI::App app("flnas-bench: latency and memory of networks on a device, measured there or estimated and marked so");
  app.name("flnas-bench");
  app.require_subcommand(0, 1);
  int exit_code = 0;
  flnas::apps::add_calibrate(app, exit_code);
  flnas::apps::add_compare(app, exit_code);
  flnas::apps::add_platforms(app, exit_code);
  flnas::apps::add_suite(app, exit_code);
  return flnas::apps::run_program(app, argc, argv, exit_code);
}
