#include "searches/core/evaluator.h"

#include <fmt/format.h>

namespace flnas::searches {

std::string Evaluator::cost_source(const std::vector<Evaluation>& evaluations) const {
  std::string target, mark, spread;
  double widths = 0;
  int known = 0, unreliable = 0;
  for (const Evaluation& evaluation : evaluations) {
    const DesignCost& cost = evaluation.cost;
    if (!cost.latency_us) continue;
    target = cost.target, mark = cost.latency_mark;
    unreliable += !cost.latency_reason.empty();
    if (!cost.latency_low_us || !cost.latency_high_us) continue;
    widths += (*cost.latency_high_us - *cost.latency_low_us) / 2 / *cost.latency_us;
    ++known;
  }
  if (target.empty()) return "";
  if (known > 0) spread = fmt::format("+- {:.1f} % on average", 100 * widths / known);
  if (mark == "estimated") {
    return fmt::format(
        "latencies are estimated for {} from counted operations, not measured{}: their order is right more often than "
        "their value.",
        target, known > 0 ? ", with an error of " + spread : "");
  }
  std::string text = fmt::format("latencies are measured on {}", target);
  if (known > 0) text += fmt::format(", medians with 95 % intervals of {}", spread);
  if (unreliable > 0) text += fmt::format("; {} unreliable: the machine was busy, or the times scattered", unreliable);
  return text + ".";
}

}  // namespace flnas::searches
