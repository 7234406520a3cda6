#pragma once

#include <memory>
#include <string>
#include <vector>

#include "llama.h"

namespace flnas_llm {

/// Draws the tokens of one answer: the 40 likeliest, of these the likeliest 95 % that have at least a twentieth of the
/// first one's probability (llama.cpp's usual values), by temperature, within a grammar.
class Sampler {
 public:
  /// Throws Problem (model.h) for a grammar that llama.cpp cannot read. A blank one allows everything.
  Sampler(const llama_vocab* vocab, const std::string& grammar, double temperature, std::uint32_t seed);

  /// The next token, from the context's last one.
  llama_token next(llama_context* context);

 private:
  using Owned = std::unique_ptr<llama_sampler, decltype(&llama_sampler_free)>;
  llama_token draw();
  void load(const float* logits);

  int count_;  ///< tokens in the vocabulary
  Owned chain_, grammar_;
  std::vector<llama_token_data> candidates_;
  llama_token_data_array array_{};
};

}  // namespace flnas_llm
