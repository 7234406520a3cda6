#include "searches/llm/reply/written_architecture.h"

#include <string>

#include "searches/llm/reply/json_object.h"

namespace flnas::searches {

Reading read_written_architecture(std::string_view reply, const SearchSpace& space) {
  constexpr char kKey[] = "architecture";
  Reading whole = space.parse(std::string(reply));
  if (whole.candidate) return whole;
  const FoundJson found = find_json(reply, kKey);
  if (found.with_key) return space.parse((*found.with_key)[kKey]);
  if (found.any) return space.parse(*found.any);
  // Something short is an attempt to write one, and tells what is wrong with it.
  constexpr std::size_t kShort = 300;
  if (reply.size() <= kShort && reply.find('\n') == reply.npos) return whole;
  return {.candidate = {},
          .problems = {"the reply has no complete JSON object with a key \"architecture\""},
          .readable = false};
}

}  // namespace flnas::searches
