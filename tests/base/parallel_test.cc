#include "harness/base/parallel.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

using flnas::parallel_for;

BOOST_AUTO_TEST_SUITE(parallel)

BOOST_AUTO_TEST_CASE(every_item_is_done_once_in_any_number_of_threads) {
  for (const unsigned threads : {0U, 1U, 3U, 200U}) {
    std::vector<std::atomic<int>> plain(100), with_bar(100);
    parallel_for(100, threads, [&](std::size_t i) { ++plain[i]; });
    parallel_for(100, threads, "items", [&] { return [&](std::size_t i) { ++with_bar[i]; }; });
    for (std::size_t i = 0; i < 100; ++i) {
      BOOST_TEST(plain[i] == 1);
      BOOST_TEST(with_bar[i] == 1);
    }
  }
  parallel_for(0, 4, [](std::size_t) { BOOST_ERROR("there is no item"); });
}

BOOST_AUTO_TEST_CASE(one_thread_is_the_caller_s_and_makes_one_body) {
  std::set<std::thread::id> threads;
  int bodies = 0;
  parallel_for(5, 1, [&](std::size_t) { threads.insert(std::this_thread::get_id()); });
  parallel_for(5, 1, "items", [&] {
    ++bodies;
    return [&](std::size_t) { threads.insert(std::this_thread::get_id()); };
  });
  BOOST_TEST((threads == std::set{std::this_thread::get_id()}));
  BOOST_TEST(bodies == 1);
}

BOOST_AUTO_TEST_CASE(the_lowest_item_s_error_is_thrown_and_no_new_item_is_begun_after_it) {
  for (const unsigned threads : {1U, 4U}) {
    std::atomic<int> begun = 0;
    const auto body = [&](std::size_t i) {
      ++begun;
      if (i < 4) {
        // All four threads are at an item before the first one fails.
        while (threads == 4 && begun < 4) std::this_thread::yield();
        throw std::runtime_error(std::to_string(i));
      }
    };
    const auto is_first = [](const std::runtime_error& error) { return std::string(error.what()) == "0"; };
    BOOST_CHECK_EXCEPTION(parallel_for(1000, threads, body), std::runtime_error, is_first);
    BOOST_TEST(begun == static_cast<int>(threads));
    begun = 0;
    BOOST_CHECK_EXCEPTION(parallel_for(1000, threads, "items", [&] { return body; }), std::runtime_error, is_first);
  }
}

BOOST_AUTO_TEST_SUITE_END()
