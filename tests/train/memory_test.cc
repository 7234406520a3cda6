#include "harness/train/memory.h"

#include <ATen/Functions.h>

#include <boost/test/unit_test.hpp>
#include <thread>

BOOST_AUTO_TEST_SUITE(memory)

BOOST_AUTO_TEST_CASE(tensors_are_counted_while_they_live_and_the_peak_stays) {
  flnas::install_counting_allocator();
  const c10::Device cpu(c10::kCPU);
  const std::int64_t before = flnas::allocated_bytes(cpu);
  flnas::reset_peak_bytes(cpu);
  {
    const at::Tensor a = at::empty({1000}, at::kFloat);
    BOOST_TEST(flnas::allocated_bytes(cpu) - before == 4000);
    const at::Tensor b = at::empty({500}, at::kFloat);
    BOOST_TEST(flnas::allocated_bytes(cpu) - before == 6000);
  }
  BOOST_TEST(flnas::allocated_bytes(cpu) == before);
  BOOST_TEST(flnas::peak_bytes(cpu) - before == 6000);
  flnas::reset_peak_bytes(cpu);
  BOOST_TEST(flnas::peak_bytes(cpu) == before);
}

BOOST_AUTO_TEST_CASE(other_threads_are_counted_too) {
  flnas::install_counting_allocator();
  const c10::Device cpu(c10::kCPU);
  const std::int64_t before = flnas::allocated_bytes(cpu);
  at::Tensor kept;
  std::thread([&] { kept = at::empty({256}, at::kFloat); }).join();
  BOOST_TEST(flnas::allocated_bytes(cpu) - before == 1024);
}

BOOST_AUTO_TEST_SUITE_END()
