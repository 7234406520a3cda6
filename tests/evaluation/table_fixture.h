#pragma once

#include <fmt/format.h>

#include <string>

namespace flnas::test {

/// 72 people; hand calculation, by race:
///
///              n   yes   TPR             no   FPR            accuracy
///     Asian    36  16    12/16 = 0.75    20   8/20 = 0.40    24/36
///     White    36  20    4/20  = 0.20    16   4/16 = 0.25    16/36
///     all      72  36    16/36           36   12/36          40/72
///
/// Unfairness, sum: |24/36 - 40/72| + |16/36 - 40/72| = 8/36. EODD = EOPP1 = 0.55, EOPP2 = 0.15.
/// Every second person is f, the others m. Two rows a household; p is 0.8 where yes is predicted, else 0.3.
inline std::string households(const std::string& header = "who,truth,answer,p,race,sex,household") {
  std::string text = header + "\n";
  int row = 0;
  const auto add = [&](int times, const char* truth, const char* answer, const char* race) {
    for (int i = 0; i < times; ++i, ++row) {
      text += fmt::format("w{:02},{},{},{},{},{},h{}\n", row, truth, answer, answer[0] == 'y' ? "0.8" : "0.3", race,
                          row % 2 == 0 ? "f" : "m", row / 2);
    }
  };
  add(12, "yes", "yes", "Asian"), add(4, "yes", "no", "Asian");
  add(8, "no", "yes", "Asian"), add(12, "no", "no", "Asian");
  add(4, "yes", "yes", "White"), add(16, "yes", "no", "White");
  add(4, "no", "yes", "White"), add(12, "no", "no", "White");
  return text;
}

}  // namespace flnas::test
