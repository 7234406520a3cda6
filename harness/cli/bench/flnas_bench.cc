// flnas-bench: latency and memory of networks on a device.
#include "harness/cli/bench/commands.h"
#include "harness/cli/process_setup.h"
#include "harness/cli/program.h"

int main(int argc, char** argv) {
  flnas::cli::set_up_process();
  CLI::App app;
  flnas::cli::Context context;
  flnas::cli::add_bench_commands(app, context);
  return flnas::cli::run_program(app, argc, argv, context.exit_code);
}
