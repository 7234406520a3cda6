#include "datasets/example_word.h"

#include <cctype>
#include <string_view>

namespace flnas {
namespace {

constexpr std::string_view kWord = "image";

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

/// "an" before a word that begins with a consonant loses its n.
void mend_article(std::string& before, const std::string& word) {
  constexpr std::string_view kArticle = "an ";
  if (word.empty() || std::string_view("aeiou").find(word[0]) != std::string_view::npos) return;
  if (before.size() < kArticle.size() || before.compare(before.size() - 2, 2, kArticle.substr(1)) != 0) return;
  const std::size_t at = before.size() - kArticle.size();
  if (lower(before[at]) != 'a' || (at > 0 && is_letter(before[at - 1]))) return;
  before.erase(at + 1, 1);
}

}  // namespace

std::string in_words_of(const std::string& text, const std::string& example) {
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins = at == 0 || !is_letter(text[at - 1]);
    const bool is_word =
        begins && lower(text[at]) == kWord[0] && text.compare(at + 1, kWord.size() - 1, kWord.substr(1)) == 0;
    std::size_t end = at + kWord.size();
    if (is_word && end < text.size() && text[end] == 's') ++end;
    if (!is_word || (end < text.size() && is_letter(text[end]))) {
      made += text[at++];
      continue;
    }
    std::string word = example + (end - at > kWord.size() ? "s" : "");
    mend_article(made, word);
    if (text[at] != kWord[0] && !word.empty()) {
      word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
    }
    made += word;
    at = end;
  }
  return made;
}

}  // namespace flnas
