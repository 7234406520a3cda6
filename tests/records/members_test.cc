// A member that for_each_member does not list is neither written nor read, without a word: it leaves a hole among those
// that are listed. (Of small ones the hole can be padding.)
#include <algorithm>
#include <boost/core/demangle.hpp>
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>
#include <typeindex>
#include <vector>

#include "harness/records/comparison_record.h"
#include "harness/records/latency_suite.h"
#include "harness/records/nas_search.h"
#include "harness/records/proxy_search.h"
#include "harness/records/questions_record.h"
#include "harness/records/record.h"
#include "harness/records/run_metrics.h"
#include "harness/records/search_record.h"
#include "harness/records/statistics_record.h"
#include "harness/records/store.h"
#include "harness/records/summaries.h"

namespace flnas {
namespace {

/// Bytes of a struct.
struct Extent {
  std::size_t begin, end, alignment;
};

bool leaves_a_hole(std::vector<Extent> members, std::size_t size, std::size_t alignment) {
  std::sort(members.begin(), members.end(), [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
  members.push_back({size, size, alignment});
  std::size_t at = 0;
  for (const Extent& member : members) {
    if (member.begin >= at + member.alignment) return true;
    at = std::max(at, member.end);
  }
  return false;
}

using Names = std::vector<std::string>;

template <class T>
void find_holes(std::set<std::type_index>& seen, Names& found);

/// In the records that a member holds.
template <class Member>
void find_in_member(std::set<std::type_index>& seen, Names& found) {
  if constexpr (IsRecord<Member>) {
    find_holes<Member>(seen, found);
  } else if constexpr (read_detail::kIsOptional<Member> || read_detail::IsList<Member>::value) {
    find_in_member<typename Member::value_type>(seen, found);
  } else if constexpr (read_detail::IsByName<Member>::value) {
    find_in_member<typename decltype(Member::items)::value_type::second_type>(seen, found);
  }
}

template <class T>
void find_holes(std::set<std::type_index>& seen, Names& found) {
  if (!seen.insert(typeid(T)).second) return;
  const T sample{};
  const auto* start = reinterpret_cast<const char*>(&sample);
  std::vector<Extent> members;
  T::for_each_member(sample, [&](const char*, const auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    const auto begin = static_cast<std::size_t>(reinterpret_cast<const char*>(&member) - start);
    members.push_back({begin, begin + sizeof(Member), alignof(Member)});
    find_in_member<Member>(seen, found);
  });
  if (leaves_a_hole(std::move(members), sizeof(T), alignof(T)))
    found.push_back(boost::core::demangle(typeid(T).name()));
}

template <class... Records>
Names with_holes() {
  std::set<std::type_index> seen;
  Names found;
  (find_holes<Records>(seen, found), ...);
  return found;
}

struct Forgetful {
  std::string kept, forgotten, last;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("kept", self.kept), visit("last", self.last);
  }
};
struct Outer {
  std::vector<Forgetful> items;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("items", self.items);
  }
};

BOOST_AUTO_TEST_SUITE(members)

BOOST_AUTO_TEST_CASE(a_member_that_is_not_listed_is_found_in_nested_records_too) {
  BOOST_TEST(with_holes<Outer>().size() == 1u);
  BOOST_TEST((with_holes<Epoch, SeedMean>().empty()));
}

BOOST_AUTO_TEST_CASE(records_list_all_of_their_members) {
  const Names found =
      with_holes<RunRecord, HardwareRecord, Reproduction, RunMetrics, StatisticsRecord, QuestionsRecord, LatencySuite,
                 LatencySamples, Epoch, SearchRecord, ProxySearchRecord, NasSearchRecord, ComparisonRecord>();
  BOOST_TEST(found == Names(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
