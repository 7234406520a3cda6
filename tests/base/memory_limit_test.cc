#include "harness/base/memory_limit.h"

#include "harness/base/files.h"
#include "tests/base/fixture.h"

namespace flnas {
namespace {

BOOST_AUTO_TEST_SUITE(memory_limit_of)

BOOST_AUTO_TEST_CASE(without_a_control_group_it_is_the_machines_memory) {
  const test::TemporaryFolder root;
  BOOST_TEST(!memory_limit(root.path));
  write_file(root / "proc/meminfo", "MemTotal:       16308648 kB\nMemFree:          500000 kB\n");
  BOOST_TEST(memory_limit(root.path).value() == 16308648.0 * 1024);
  BOOST_TEST(memory_limit().value() > 1e6);  // this machine's
}

BOOST_AUTO_TEST_CASE(the_lowest_limit_of_a_group_and_of_those_around_it_counts) {
  const test::TemporaryFolder root;
  write_file(root / "proc/meminfo", "MemTotal:       16308648 kB\n");
  write_file(root / "proc/self/cgroup", "0::/slurm/job_7/step_0\n");
  write_file(root / "sys/fs/cgroup/slurm/job_7/step_0/memory.max", "max\n");
  BOOST_TEST(memory_limit(root.path).value() == 16308648.0 * 1024);
  write_file(root / "sys/fs/cgroup/slurm/job_7/memory.max", "2147483648\n");
  write_file(root / "sys/fs/cgroup/slurm/memory.max", "8589934592\n");
  BOOST_TEST(memory_limit(root.path).value() == 2147483648.0);
}

BOOST_AUTO_TEST_CASE(in_a_container_the_group_is_the_root_of_all) {
  const test::TemporaryFolder root;
  write_file(root / "proc/meminfo", "MemTotal:       16308648 kB\n");
  write_file(root / "proc/self/cgroup", "0::/\n");
  write_file(root / "sys/fs/cgroup/memory.max", "1073741824\n");
  BOOST_TEST(memory_limit(root.path).value() == 1073741824.0);
}

BOOST_AUTO_TEST_CASE(groups_of_version_1_are_read_where_their_controller_is) {
  const test::TemporaryFolder root;
  write_file(root / "proc/meminfo", "MemTotal:       16308648 kB\n");
  write_file(root / "proc/self/cgroup", "11:cpu,cpuacct:/a\n9:memory:/docker/b\n");
  write_file(root / "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");  // none
  write_file(root / "sys/fs/cgroup/memory/docker/b/memory.limit_in_bytes", "536870912\n");
  BOOST_TEST(memory_limit(root.path).value() == 536870912.0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
