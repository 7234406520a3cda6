#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "llama.h"

namespace flnas_llm {

/// What keeps a question from being answered, for the user: the weights, or the question.
struct Problem : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Message {
  std::string role, content;
};

struct Question {
  std::vector<Message> messages;
  double temperature = 1.0;  ///< 0 takes the likeliest token
  std::uint32_t seed = 0;
  int max_tokens = 2048;
  std::string grammar;  ///< GBNF that the answer keeps; blank: none
};

struct Answer {
  std::string text;
  int prompt_tokens = 0, completion_tokens = 0;
  bool cut = false;  ///< ended by max_tokens or by the end of the context
};

/// A GGUF file's model with a context of its own.
///
///     messages -> the file's chat template -> tokens -> 256 at a time through the model -> one token at a time
///
/// Equal questions get equal answers, whatever was asked before: of the last prompt's computations only whole blocks of
/// 256 tokens are used again, and those would be computed the same way.
class Model {
 public:
  /// `threads` 0: all cores. Throws Problem for a file that llama.cpp cannot load.
  Model(const std::string& weights, int threads);

  /// `is_abandoned` is asked after each step: true ends the work with an exception. Throws Problem for a prompt that
  /// does not fit the context, and a grammar or a chat template that llama.cpp does not know.
  Answer answer(const Question& question, const std::function<bool()>& is_abandoned);

  /// Tokens of a prompt and its answer: the model's own, at most 16,384.
  int context() const { return static_cast<int>(llama_n_ctx(context_.get())); }

 private:
  std::vector<llama_token> tokens_of(const std::vector<Message>& messages) const;
  void read(const std::vector<llama_token>& prompt, const std::function<bool()>& is_abandoned);
  void decode(const llama_token* tokens, std::size_t count);

  std::unique_ptr<llama_model, decltype(&llama_model_free)> model_;
  std::unique_ptr<llama_context, decltype(&llama_free)> context_;
  const llama_vocab* vocab_ = nullptr;
  std::vector<llama_token> read_;  ///< the prompt whose computations the context holds
};

}  // namespace flnas_llm
