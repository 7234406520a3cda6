#define BOOST_TEST_MODULE flnas
#include <boost/test/unit_test.hpp>
