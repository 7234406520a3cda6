// A program in flnas-llm's place: a shell script, so that tests need neither llama.cpp nor weights.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/files.h"
#include "harness/base/json.h"

namespace flnas::tests {

/// The line of a reply.
inline std::string local_reply(const std::string& text, bool cut = false) {
  return Json({{"text", text}, {"prompt_tokens", 11}, {"completion_tokens", 5}, {"cut", cut}}).dump();
}

/// Writes `program`, which keeps the questions in PROGRAM.questions and its process ids in PROGRAM.pids, and answers
/// question n with the n-th line of `replies`, counted over all its starts; afterwards it goes on with `then`, a line
/// of shell: "exit 3", or what answers all others.
inline void write_local_program(const std::filesystem::path& program, const std::vector<std::string>& replies,
                                const std::string& then = "exit 9",
                                const std::string& hello = R"({"ready": true, "context": 8192})") {
  std::string lines;
  for (const auto& reply : replies) lines += reply + "\n";
  create_folder(program.parent_path());
  write_file(program.string() + ".replies", lines);
  write_file(program, fmt::format(R"(#!/bin/sh
echo $$ >>'{0}.pids'
echo '{1}'
while read -r question; do
  printf '%s\n' "$question" >>'{0}.questions'
  n=0
  while read -r _; do n=$((n + 1)); done <'{0}.questions'
  i=0 answer=
  while read -r line; do i=$((i + 1)); [ $i = $n ] && answer=$line; done <'{0}.replies'
  [ -n "$answer" ] || {{ {2}; }}
  printf '%s\n' "$answer"
done
)",
                                  program.string(), hello, then));
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
}

}  // namespace flnas::tests
