#include "searches/llm/local/sampler.h"

#include <cmath>

#include "searches/llm/local/model.h"

namespace flnas_llm {

Sampler::Sampler(const llama_vocab* vocab, const std::string& grammar, double temperature, std::uint32_t seed)
    : count_(llama_vocab_n_tokens(vocab)),
      chain_(llama_sampler_chain_init(llama_sampler_chain_default_params()), llama_sampler_free),
      grammar_(nullptr, llama_sampler_free) {
  constexpr int kTopK = 40;
  constexpr float kTopP = 0.95F, kMinP = 0.05F;
  if (temperature > 0) {
    llama_sampler_chain_add(chain_.get(), llama_sampler_init_top_k(kTopK));
    llama_sampler_chain_add(chain_.get(), llama_sampler_init_top_p(kTopP, 1));
    llama_sampler_chain_add(chain_.get(), llama_sampler_init_min_p(kMinP, 1));
    llama_sampler_chain_add(chain_.get(), llama_sampler_init_temp(static_cast<float>(temperature)));
    llama_sampler_chain_add(chain_.get(), llama_sampler_init_dist(seed));
  } else {
    llama_sampler_chain_add(chain_.get(), llama_sampler_init_greedy());
  }
  if (grammar.empty()) return;
  grammar_.reset(llama_sampler_init_grammar(vocab, grammar.c_str(), "root"));
  if (!grammar_) throw Problem("llama.cpp cannot read the grammar that it made of the schema");
}

void Sampler::load(const float* logits) {
  candidates_.resize(static_cast<std::size_t>(count_));
  for (llama_token token = 0; token < count_; ++token) {
    candidates_[static_cast<std::size_t>(token)] = {token, logits[token], 0};
  }
  array_ = {candidates_.data(), candidates_.size(), -1, false};
}

llama_token Sampler::draw() {
  llama_sampler_apply(chain_.get(), &array_);
  return array_.data[array_.selected].id;
}

llama_token Sampler::next(llama_context* context) {
  const float* logits = llama_get_logits_ith(context, -1);
  load(logits);
  llama_token token = draw();
  if (grammar_) {
    // To check one token takes far less than to check all: most of those drawn keep the grammar.
    llama_token_data single{token, 1, 0};
    llama_token_data_array one{&single, 1, -1, false};
    llama_sampler_apply(grammar_.get(), &one);
    if (std::isinf(single.logit)) {
      load(logits);
      llama_sampler_apply(grammar_.get(), &array_);
      token = draw();
    }
    llama_sampler_accept(grammar_.get(), token);
  }
  llama_sampler_accept(chain_.get(), token);
  return token;
}

}  // namespace flnas_llm
