// flnas: fair, small networks for skin-lesion images, re-run, checked and compared.
#include "harness/apps/run_flnas.h"

int main(int argc, char** argv) { return flnas::apps::run_flnas(argc, argv); }
