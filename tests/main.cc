#define BOOST_TEST_MODULE flnas
#include <boost/test/unit_test.hpp>

#include "tests/support/paths.h"

namespace flnas::tests {

std::string tests_dir() { return FLNAS_TESTS_DIR; }
std::string flnas_program() { return FLNAS_BIN_DIR "/flnas"; }
std::string bench_program() { return FLNAS_BIN_DIR "/flnas-bench"; }

}  // namespace flnas::tests
