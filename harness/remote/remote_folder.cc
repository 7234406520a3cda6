#include "harness/remote/remote_folder.h"

#include <charconv>

#include "harness/base/text.h"

namespace flnas {
namespace {

/// In each script `$1` is the folder there. `.flnas` in it holds the program's process group, its output and its exit
/// code. A process is only ours when the folder is its own.
constexpr std::string_view kAlive = R"sh(
folder=$1
shift
alive() {
  group=$(cat .flnas/group 2>/dev/null) && [ -n "$group" ] && [ "$(readlink "/proc/$group/cwd")" = "$(pwd -P)" ]
}
)sh";

constexpr std::string_view kLook = R"sh(
echo "flnas machine $(uname -m)"
echo "flnas bits $(getconf LONG_BIT)"
echo "flnas installed $(command -v flnas-bench)"
mkdir -p "$folder/.flnas" && cd "$folder" || exit 1
if alive; then
  echo "flnas running yes"
else
  sha256sum -- * 2>/dev/null | sed 's/^/flnas file /'
  if [ -e .flnas/code ]; then echo "flnas code $(cat .flnas/code)"; fi
fi
)sh";

/// The rest of the arguments is the command. The program outlives the connection; tail follows until it ends.
constexpr std::string_view kFollow = R"sh(
cd "$folder" || exit 1
if ! [ -e .flnas/code ] && ! alive; then
  : >.flnas/output
  : >.flnas/errors
  setsid sh -c '"$@" >.flnas/output 2>.flnas/errors; echo $? >.flnas/code.new; mv .flnas/code.new .flnas/code' sh "$@" </dev/null >/dev/null 2>&1 &
  group=$!
  echo "$group" >.flnas/group
fi
if [ -e .flnas/code ]; then
  cat .flnas/errors >&2
  cat .flnas/output
else
  tail -n +1 -s 0.5 -f --pid="$group" .flnas/errors </dev/null >&2 &
  tail -n +1 -s 0.5 -f --pid="$group" .flnas/output </dev/null
  wait
fi
)sh";

constexpr std::string_view kRemove = R"sh(
cd "$folder" 2>/dev/null || exit 0
if alive; then
  kill -- "-$group"
  for i in 1 2 3 4 5 6 7 8 9 10; do alive && sleep 0.2; done
  alive && kill -9 -- "-$group"
fi
cd && rm -rf "$folder" || exit 1
rmdir .cache/flnas 2>/dev/null
exit 0
)sh";

std::string script(std::string_view body) { return std::string(kAlive) + std::string(body); }

std::optional<int> parse_number(const std::string& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

}  // namespace

RemoteState look_at(const Ssh& ssh, const std::string& folder) {
  RemoteState found;
  for (const auto& line : split(ssh.run(script(kLook), {folder}).output, '\n')) {
    // A login script of the user may print lines of its own.
    const auto after = [&](std::string_view key) {
      return line.rfind(key, 0) == 0 ? std::optional(line.substr(key.size())) : std::nullopt;
    };
    if (const auto machine = after("flnas machine ")) found.machine = *machine;
    if (const auto bits = after("flnas bits ")) found.bits = *bits;
    if (const auto installed = after("flnas installed ")) found.installed = *installed;
    if (const auto code = after("flnas code ")) found.code = parse_number(*code);
    if (after("flnas running ")) found.running = true;
    // sha256sum: 64 digits, a space, a space or an asterisk, the name.
    if (const auto file = after("flnas file "); file && file->size() > 66) {
      found.files[file->substr(66)] = file->substr(0, 64);
    }
  }
  return found;
}

std::string follow_program(const Ssh& ssh, const std::string& folder, const std::vector<std::string>& command) {
  std::vector<std::string> words = {folder};
  words.insert(words.end(), command.begin(), command.end());
  return ssh.run(script(kFollow), words, true).errors;
}

void remove_folder(const Ssh& ssh, const std::string& folder) { ssh.run(script(kRemove), {folder}); }

}  // namespace flnas
