#include "harness/jobs/slurm.h"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(slurm)

BOOST_AUTO_TEST_CASE(each_job_is_run_by_srun_under_its_name) {
  const auto jobs = flnas::through_slurm({{"search3-s1", {"/bin/flnas", "train", "a b"}, "x.log"}}, " -p gpu  -t 60");
  const std::vector<std::string> expected = {"srun",       "--ntasks=1", "--input=none", "--job-name=search3-s1",
                                             "-p",         "gpu",        "-t",           "60",
                                             "/bin/flnas", "train",      "a b"};
  BOOST_TEST(jobs.at(0).command == expected, boost::test_tools::per_element());
  BOOST_TEST(jobs.at(0).log == "x.log");
}

BOOST_AUTO_TEST_SUITE_END()
