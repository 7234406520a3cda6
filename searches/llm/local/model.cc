#include "searches/llm/local/model.h"

#include <sched.h>

#include <algorithm>
#include <array>

#include "searches/llm/local/sampler.h"

namespace flnas_llm {
namespace {

constexpr std::size_t kBlock = 256;
constexpr int kLongestContext = 16'384;

/// Those that this process may use.
int cores() {
  cpu_set_t set;
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? std::max(1, CPU_COUNT(&set)) : 1;
}

std::string piece(const llama_vocab* vocab, llama_token token) {
  std::array<char, 256> text{};
  const int length = llama_token_to_piece(vocab, token, text.data(), text.size(), 0, /*special=*/false);
  return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

/// A base model, which has no template, goes on with a text.
std::string plain(const std::vector<Message>& messages) {
  std::string text;
  for (const Message& message : messages) text += message.content + "\n\n";
  return text;
}

}  // namespace

Model::Model(const std::string& weights, int threads)
    : model_(nullptr, llama_model_free), context_(nullptr, llama_free) {
  llama_model_params model_params = llama_model_default_params();
  model_params.n_gpu_layers = 0;
  model_.reset(llama_model_load_from_file(weights.c_str(), model_params));
  if (!model_) throw Problem("llama.cpp cannot load it");
  vocab_ = llama_model_get_vocab(model_.get());
  llama_context_params params = llama_context_default_params();
  params.n_ctx = static_cast<std::uint32_t>(std::min(llama_model_n_ctx_train(model_.get()), kLongestContext));
  params.n_batch = params.n_ubatch = kBlock;
  params.n_threads = params.n_threads_batch = threads > 0 ? threads : cores();
  params.swa_full = true;  // or the beginning of a prompt could not be used again
  context_.reset(llama_init_from_model(model_.get(), params));
  if (!context_) throw Problem("there is not enough memory for its context");
}

std::vector<llama_token> Model::tokens_of(const std::vector<Message>& messages) const {
  std::string text;
  if (const char* form = llama_model_chat_template(model_.get(), nullptr)) {
    std::vector<llama_chat_message> chat;
    for (const Message& message : messages) chat.push_back({message.role.c_str(), message.content.c_str()});
    const auto fill = [&] {
      return llama_chat_apply_template(form, chat.data(), chat.size(), /*add_ass=*/true, text.data(),
                                       static_cast<std::int32_t>(text.size()));
    };
    const int length = fill();
    if (length < 0) throw Problem("llama.cpp does not know the chat template of these weights; take other ones");
    text.resize(static_cast<std::size_t>(length));
    fill();
  } else {
    text = plain(messages);
  }
  const auto read = [&](std::vector<llama_token>& tokens) {
    return llama_tokenize(vocab_, text.data(), static_cast<std::int32_t>(text.size()), tokens.data(),
                          static_cast<std::int32_t>(tokens.size()), /*add_special=*/true, /*parse_special=*/true);
  };
  std::vector<llama_token> tokens;
  tokens.resize(static_cast<std::size_t>(std::max(-read(tokens), 0)));
  read(tokens);
  return tokens;
}

void Model::decode(const llama_token* tokens, std::size_t count) {
  const llama_batch batch = llama_batch_get_one(const_cast<llama_token*>(tokens), static_cast<std::int32_t>(count));
  if (llama_decode(context_.get(), batch) != 0) throw Problem("llama.cpp could not go on with this prompt");
}

void Model::read(const std::vector<llama_token>& prompt, const std::function<bool()>& is_abandoned) {
  const auto end = std::mismatch(read_.begin(), read_.end(), prompt.begin(), prompt.end()).first;
  std::size_t known = static_cast<std::size_t>(end - read_.begin()) / kBlock * kBlock;
  // The last block is always read, since the answer goes on from it.
  known = std::min(known, (prompt.size() - 1) / kBlock * kBlock);
  const llama_memory_t memory = llama_get_memory(context_.get());
  if (known == 0 || !llama_memory_seq_rm(memory, 0, static_cast<llama_pos>(known), -1)) {
    llama_memory_clear(memory, true);
    known = 0;
  }
  read_.assign(prompt.begin(), prompt.begin() + static_cast<std::ptrdiff_t>(known));
  while (known < prompt.size()) {
    const std::size_t count = std::min(kBlock, prompt.size() - known);
    decode(&prompt[known], count);
    known += count;
    if (is_abandoned()) throw Problem("the call was abandoned");
  }
  read_ = prompt;
}

Answer Model::answer(const Question& question, const std::function<bool()>& is_abandoned) {
  constexpr int kLeast = 64;  // tokens of an answer that is worth beginning
  const auto prompt = tokens_of(question.messages);
  const int length = static_cast<int>(prompt.size());
  if (length == 0) throw Problem("there are no messages to answer");
  if (length + std::min(kLeast, question.max_tokens) > context()) {
    throw Problem("the prompt has " + std::to_string(length) + " tokens, and this model's context ends at " +
                  std::to_string(context()) + "; take weights with a longer one");
  }
  Sampler sampler(vocab_, question.grammar, question.temperature, question.seed);
  read(prompt, is_abandoned);
  Answer answer{.text = {}, .prompt_tokens = length};
  const int most = std::min(question.max_tokens, context() - length);
  for (answer.cut = true; answer.completion_tokens < most;) {
    const llama_token token = sampler.next(context_.get());
    ++answer.completion_tokens;
    if (llama_vocab_is_eog(vocab_, token)) {
      answer.cut = false;
      break;
    }
    answer.text += piece(vocab_, token);
    if (answer.completion_tokens < most) decode(&token, 1);
    if (is_abandoned()) throw Problem("the call was abandoned");
  }
  return answer;
}

}  // namespace flnas_llm
