#include "searches/llmnas/coevolution.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "tests/searches/llmnas/fixture.h"

using namespace flnas;
using namespace flnas::searches::llmnas;

namespace {

/// Evaluations in each niche.
std::vector<std::size_t> per_niche(const Space& space, const EvaluationLog& log) {
  std::vector<std::size_t> counts(static_cast<std::size_t>(space.niches()), 0);
  for (const Candidate candidate : log.order()) ++counts[static_cast<std::size_t>(space.niche_of(candidate))];
  return counts;
}

/// Children of one niche only; the others are given nothing.
class Lopsided : public Proposer {
 public:
  explicit Lopsided(const Space& space) : inner_(space) {}
  Proposal propose(const NicheView& view, Random& random) override {
    if (view.niche == 3) return inner_.propose(view, random);
    Proposal nothing;
    nothing.invalid = 2;
    return nothing;
  }
  int at_once() const override { return 3; }

 private:
  OperatorProposer inner_;
};

class Failing : public Proposer {
 public:
  Proposal propose(const NicheView&, Random&) override { throw RemoteError("the server went away"); }
  int at_once() const override { return 2; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(coevolution, test::MadeUpCells)

BOOST_AUTO_TEST_CASE(every_niche_gets_its_share_and_the_merged_front_is_that_of_all_evaluations) {
  CellSpace space(problem, six);
  EvaluationLog log(space, 330);
  OperatorProposer proposer(space);
  const auto outcome = coevolve(space, log, proposer, 1);
  BOOST_TEST(outcome.reason == "");
  BOOST_TEST(outcome.generations == 10);
  BOOST_TEST(log.order().size() == 330u);
  for (const std::size_t count : per_niche(space, log)) BOOST_TEST(count == 55u);
  Front all;
  for (const Candidate candidate : log.order()) all.add(candidate, log.at(candidate));
  BOOST_TEST(outcome.merged.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    BOOST_TEST((outcome.merged.members()[i].objectives == all.members()[i].objectives));
  }
  for (std::size_t niche = 0; niche < 6; ++niche) {
    BOOST_TEST(!outcome.archives[niche].empty());
    for (const auto& member : outcome.archives[niche].members()) {
      BOOST_TEST(space.niche_of(member.candidate) == static_cast<int>(niche));
    }
  }
}

BOOST_AUTO_TEST_CASE(an_exhausted_niche_leaves_its_share_to_the_others) {
  // Of the last niche (four 3x3 convolutions or more) three cells are left.
  std::size_t kept = 0;
  std::erase_if(problem.candidates, [&](Candidate candidate) {
    const bool gone = six.niche_of[candidate] == 5 && ++kept > 3;
    if (gone) problem.legal[candidate] = false;
    return gone;
  });
  CellSpace space(problem, six);
  EvaluationLog log(space, 330);
  OperatorProposer proposer(space);
  coevolve(space, log, proposer, 1);
  BOOST_TEST(log.order().size() == 330u);
  BOOST_TEST(per_niche(space, log)[5] == 3u);
}

BOOST_AUTO_TEST_CASE(a_niche_without_children_does_not_hold_up_the_others) {
  CellSpace space(problem, six);
  EvaluationLog log(space, 100);
  Lopsided proposer(space);
  const auto outcome = coevolve(space, log, proposer, 1);
  BOOST_TEST(log.order().size() == 100u);
  BOOST_TEST(outcome.generations > 10);
  BOOST_TEST(log.invalid() > 8 * outcome.generations);  // not asked for what a last, smaller generation lacks
}

BOOST_AUTO_TEST_CASE(an_error_of_a_proposer_passes_through) {
  CellSpace space(problem, six);
  EvaluationLog log(space, 100);
  Failing proposer;
  BOOST_CHECK_THROW(coevolve(space, log, proposer, 1), RemoteError);
}

BOOST_AUTO_TEST_CASE(a_proposer_that_never_answers_ends_the_search_with_a_reason) {
  class Silent : public Proposer {
    Proposal propose(const NicheView&, Random&) override { return {}; }
  } silent;
  CellSpace space(problem, six);
  EvaluationLog log(space, 110);
  const auto outcome = coevolve(space, log, silent, 1);
  BOOST_TEST(outcome.reason == "3 generations in a row without a new candidate, after 10 of 110 evaluations");
}

BOOST_AUTO_TEST_SUITE_END()
