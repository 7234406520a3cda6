#include "harness/base/hashing_stream.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

namespace flnas {

struct HashingBuffer::State {
  State() : context(EVP_MD_CTX_new(), &EVP_MD_CTX_free) { EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr); }
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context;
};

HashingBuffer::HashingBuffer(std::ostream& out) : state_(std::make_unique<State>()), out_(out) {}

HashingBuffer::~HashingBuffer() = default;

std::string HashingBuffer::digest() {
  std::array<unsigned char, 32> digest{};
  EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr);
  std::string text;
  for (const unsigned char byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

std::streamsize HashingBuffer::xsputn(const char* bytes, std::streamsize count) {
  EVP_DigestUpdate(state_->context.get(), bytes, static_cast<std::size_t>(count));
  out_.write(bytes, count);
  written_ += count;
  return count;
}

HashingBuffer::int_type HashingBuffer::overflow(int_type character) {
  const char byte = traits_type::to_char_type(character);
  if (!traits_type::eq_int_type(character, traits_type::eof())) xsputn(&byte, 1);
  return traits_type::not_eof(character);
}

HashingBuffer::pos_type HashingBuffer::seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode) {
  return offset == 0 && from == std::ios_base::cur ? pos_type(written_) : pos_type(off_type(-1));
}

}  // namespace flnas
