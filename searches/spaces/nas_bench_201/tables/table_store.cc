#include "searches/spaces/nas_bench_201/tables/table_store.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/text.h"
#include "searches/problem/request.h"

namespace flnas::searches {
namespace fs = std::filesystem;

StoredNasSearches read_nas_searches(const fs::path& file) {
  StoredNasSearches stored;
  const std::string content = read_file(file);
  const auto lines = split(std::string_view(content).substr(0, content.rfind('\n') + 1), '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const std::string where = fmt::format("{}:{}", file.string(), i + 1);
    const Json json = parse_json(lines[i], where);
    if (i == 0) {
      stored.settings = json.value("settings", Json::object());
      continue;
    }
    auto search = record_from_json<NasSearchResult>(json, where);
    const auto key = std::pair(search.strategy, search.seed);
    stored.searches.insert_or_assign(key, std::move(search));
  }
  return stored;
}

TableStore::TableStore(fs::path file, const Json& settings) : file_(std::move(file)) {
  StoredNasSearches stored;
  if (fs::exists(file_)) stored = read_nas_searches(file_);
  if (stored.settings.is_null()) append_line(file_, Json({{"settings", settings}}).dump());
  if (!stored.settings.is_null()) require_same_settings(file_, stored.settings, settings);
  searches_ = std::move(stored.searches);
}

const NasSearchResult* TableStore::find(const std::string& strategy, std::uint64_t seed) const {
  const std::lock_guard lock(mutex_);
  const auto found = searches_.find({strategy, seed});
  return found == searches_.end() ? nullptr : &found->second;
}

void TableStore::add(const std::vector<NasSearchResult>& searches) {
  if (searches.empty()) return;
  std::string lines;
  for (const auto& search : searches) lines += (lines.empty() ? "" : "\n") + record_to_json(search).dump();
  const std::lock_guard lock(mutex_);
  append_line(file_, lines);
  for (const auto& search : searches) searches_.insert_or_assign({search.strategy, search.seed}, search);
}

}  // namespace flnas::searches
