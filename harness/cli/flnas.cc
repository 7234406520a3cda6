// flnas: fair, small networks for skin-lesion images, re-run, checked and compared.
#include "harness/cli/run_flnas.h"

int main(int argc, char** argv) { return flnas::cli::run_flnas(argc, argv); }
