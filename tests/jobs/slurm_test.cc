#include "harness/jobs/slurm.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"

BOOST_AUTO_TEST_SUITE(slurm)

BOOST_AUTO_TEST_CASE(each_job_is_run_by_srun_under_its_name) {
  const auto jobs = flnas::through_slurm({{"search3-s1", {"/bin/flnas", "train", "a b"}, "x.log"}}, " -p gpu  -t 60");
  const std::vector<std::string> expected = {"srun",       "--ntasks=1", "--input=none", "--job-name=search3-s1",
                                             "-p",         "gpu",        "-t",           "60",
                                             "/bin/flnas", "train",      "a b"};
  BOOST_TEST(jobs.at(0).command == expected, boost::test_tools::per_element());
  BOOST_TEST(jobs.at(0).log == "x.log");
}

BOOST_AUTO_TEST_CASE(quoted_options_are_one_word_each) {
  using flnas::split_options;
  using Words = std::vector<std::string>;
  BOOST_TEST(split_options("--comment='two words' -p gpu") == (Words{"--comment=two words", "-p", "gpu"}));
  BOOST_TEST(split_options("--comment=\"it's\" a\\ b '' \"\\\"\"") == (Words{"--comment=it's", "a b", "", "\""}));
  BOOST_TEST(split_options("  \t\n ").empty());
  BOOST_CHECK_EXCEPTION(split_options("--comment='two words"), flnas::ConfigError, [](const flnas::ConfigError& error) {
    return std::string(error.what()).find("a quote (') stays open") != std::string::npos;
  });
}

BOOST_AUTO_TEST_SUITE_END()
