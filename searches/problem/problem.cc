#include "searches/problem/problem.h"

namespace flnas::searches {
namespace {

class OneProblem : public ProblemSet {
 public:
  explicit OneProblem(std::unique_ptr<Problem> problem) : problem_(std::move(problem)) {}
  Problem& open(std::size_t) override { return *problem_; }

 private:
  std::unique_ptr<Problem> problem_;
};

}  // namespace

std::unique_ptr<ProblemSet> set_of(std::unique_ptr<Problem> problem) {
  return std::make_unique<OneProblem>(std::move(problem));
}

}  // namespace flnas::searches
