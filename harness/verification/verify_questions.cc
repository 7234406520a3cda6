#include "harness/verification/verify_questions.h"

#include <fmt/format.h>

#include "harness/base/hash.h"
#include "harness/evaluation/questions/questions.h"
#include "harness/records/digest.h"
#include "harness/verification/check.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// Whether the path, once its links are followed, is `root` or below it.
bool lies_in(const fs::path& root, const fs::path& path) {
  const auto whole = [](const fs::path& each) { return fs::weakly_canonical(fs::absolute(each)); };
  const fs::path relative = whole(path).lexically_relative(whole(root));
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

void verify_questions(Check& check, const std::string& file, const VerifyRequest& request) {
  check.digest(file);
  const auto recorded = read_with_schema<QuestionsRecord>(check.folder() / file);
  std::vector<fs::path> beside;
  for (const RecordBeside& each : recorded.beside) {
    const fs::path folder = (check.folder() / each.folder).lexically_normal();
    if (!lies_in(request.folder, folder) || !fs::is_regular_file(folder / each.file)) {
      return check.skip(file,
                        fmt::format("rests on {} too, which is not below the folder under verification: the questions "
                                    "were not answered again; verify a folder that holds both",
                                    each.folder));
    }
    if (const auto found = sha256_file(folder / each.file); found != each.sha256) {
      check.fail(file, each.folder, "sha256",
                 fmt::format("{} has changed since: recorded {}, found {}; write the report again (flnas report)",
                             each.file, each.sha256, found));
      return;
    }
    beside.push_back(folder);
  }
  const auto again = answer_questions(check.folder(), {recorded.searched, recorded.baselines}, beside, request.adapter);
  check.same(file, "", "questions", record_to_json(recorded), record_to_json(again));
}

}  // namespace flnas
