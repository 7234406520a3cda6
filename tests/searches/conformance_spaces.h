// The spaces of the conformance tests: a new space is a row of space_rows().
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/searches/fixture.h"
#include "tests/searches/spaces/nas_bench_201/fixture.h"

namespace flnas::tests {

using namespace searches;

/// A space with an evaluator for it.
struct Searchable {
  std::unique_ptr<test::MadeUpCells> cells;
  std::shared_ptr<const SearchSpace> space;
  std::shared_ptr<Evaluator> evaluator;
};

/// A space, what it and its evaluator have of that which strategies may need, and the evaluator that users get; and
/// one that tells and costs as much at once, for searches by the hundred.
struct SpaceRow {
  const char *space, *evaluator;
  bool has_tokens, has_prior, has_accuracy;
  std::size_t evaluations;  ///< of a search with `make`: seconds for all
  Searchable (*make)();
  Searchable (*make_quick)();

  std::string name() const { return std::string(space) + "-by-" + evaluator; }
};

const std::vector<SpaceRow>& space_rows();

}  // namespace flnas::tests
