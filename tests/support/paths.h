// Where tests find the sources and the programs. Compiled into one unit, so that the others are the same in each clone.
#pragma once

#include <string>

namespace flnas::tests {

std::string tests_dir();      ///< the folder `tests` of the sources
std::string flnas_program();  ///< the built flnas
std::string bench_program();  ///< the built flnas-bench

}  // namespace flnas::tests
