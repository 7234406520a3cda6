#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "searches/llm/chat/chat.h"
#include "searches/llmnas/cell_space.h"
#include "tests/base/fixture.h"

namespace flnas::test {

/// NAS-Bench-201's cells with made-up figures that trade off: convolutions cost and help, skip connections help a
/// little.
struct MadeUpCells {
  std::vector<double> cost = std::vector<double>(kNasCells);
  searches::llmnas::CellProblem problem;
  searches::llmnas::Partition six = searches::llmnas::convolution_partition();
  searches::llmnas::Partition one = searches::llmnas::no_partition();

  MadeUpCells() {
    problem.dataset = "toy";
    problem.device = "phone";
    problem.cost_name = "latency";
    problem.accuracy.resize(kNasCells);
    problem.legal.assign(kNasCells, false);
    for (std::size_t index = 0; index < kNasCells; ++index) {
      const nn::Cell cell = nn::cell_at(index);
      double gain = 0;
      for (std::size_t edge = 0; edge < nn::kCellEdgeCount; ++edge) {
        static constexpr double kCost[] = {0, 0.1, 1, 5, 0.5}, kGain[] = {0, 1, 4, 8, 0.5};
        const auto code = static_cast<std::size_t>(cell[edge]);
        cost[index] += kCost[code];
        gain += kGain[code] / (1 + static_cast<double>(edge) / 10);
      }
      problem.accuracy[index] = 40 + gain;
      if (!nn::is_connected(cell)) continue;
      problem.legal[index] = true;
      problem.candidates.push_back(static_cast<searches::llmnas::Candidate>(index));
    }
    problem.cost = cost;
  }
};

inline searches::llmnas::Candidate cell_index(const std::string& text) {
  return static_cast<searches::llmnas::Candidate>(nn::table_index(nn::parse_cell(text)));
}

/// Answers questions in order with these texts, and keeps them; thread-safe. After the last text it repeats it.
class ScriptedChat : public searches::ChatClient {
 public:
  explicit ScriptedChat(std::vector<std::string> texts) : texts_(std::move(texts)) {}

  searches::ChatReply ask(const searches::ChatRequest& request) override {
    const std::lock_guard lock(mutex_);
    requests.push_back(request);
    searches::ChatReply reply;
    reply.text = texts_[std::min(requests.size(), texts_.size()) - 1];
    reply.model = "scripted";
    reply.source = "scripted";
    reply.prompt_tokens = 10;
    reply.completion_tokens = 3;
    return reply;
  }

  std::vector<searches::ChatRequest> requests;

 private:
  std::mutex mutex_;
  std::vector<std::string> texts_;
};

}  // namespace flnas::test
