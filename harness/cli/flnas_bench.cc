// flnas-bench: latency and memory of networks on a device.
#include "harness/cli/bench/commands.h"
#include "harness/cli/process_setup.h"
#include "harness/cli/program.h"

int main(int argc, char** argv) {
  flnas::cli::set_up_process();
  CLI::App app("flnas-bench: latency and memory of networks on a device, measured there or estimated and marked so");
  flnas::cli::set_up_program(app, "flnas-bench");
  app.require_subcommand(0, 1);
  int exit_code = 0;
  flnas::cli::add_calibrate(app, exit_code);
  flnas::cli::add_compare(app, exit_code);
  flnas::cli::add_platforms(app, exit_code);
  flnas::cli::add_suite(app, exit_code);
  return flnas::cli::run_program(app, argc, argv, exit_code);
}
