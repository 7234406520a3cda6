// The rule of the layers, read from the includes of the sources: who may include whom, and no circles between folders.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/paths.h"

namespace fs = std::filesystem;
using namespace flnas;

namespace {

// Each layer with those that it may include beside itself and harness/base. A layer is its folder and all below it that
// has no row of its own. The right-hand side is written out, not inherited: what is not there is not allowed.
const std::map<std::string, std::set<std::string>> kLayers = {
    {"harness/base", {}},
    {"harness/http", {}},
    {"harness/jobs", {}},
    {"harness/remote", {}},
    {"harness/metrics", {}},
    {"harness/boosting", {}},
    {"datasets", {"harness/http"}},
    {"harness/records", {"harness/metrics", "datasets"}},
    {"harness/evaluation", {"harness/records", "harness/metrics", "datasets"}},
    {"harness/verification", {"harness/evaluation", "harness/records", "harness/metrics", "datasets"}},
    {"reports", {"harness/verification", "harness/evaluation", "harness/records", "harness/metrics", "datasets"}},
    // From here on with libtorch.
    {"harness/nn", {}},
    {"harness/nn/models", {"harness/nn", "harness/records"}},
    {"baselines", {"harness/nn"}},
    {"harness/train", {"harness/nn", "harness/nn/models", "harness/records", "harness/metrics", "datasets"}},
    {"harness/runs",
     {"harness/train", "harness/nn", "harness/boosting", "harness/evaluation", "harness/records", "harness/metrics",
      "datasets"}},
    {"harness/latency",
     {"harness/remote", "harness/train", "harness/nn", "harness/nn/models", "harness/records", "harness/metrics"}},
    {"harness/proxies", {"harness/nn", "harness/nn/models", "harness/metrics", "datasets", "harness/latency"}},
    {"harness/study",
     {"harness/runs", "harness/train", "harness/latency", "harness/nn", "harness/nn/models", "harness/jobs", "reports",
      "harness/verification", "harness/evaluation", "harness/records", "harness/metrics", "datasets"}},
    {"searches",
     {"harness/runs", "harness/train", "harness/latency", "harness/proxies", "harness/nn", "harness/nn/models",
      "harness/boosting", "harness/http", "harness/verification", "harness/evaluation", "harness/records",
      "harness/metrics", "datasets"}},
    {"harness/cli",
     {"harness/study", "searches", "baselines", "reports", "harness/runs", "harness/train", "harness/latency",
      "harness/proxies", "harness/nn", "harness/nn/models", "harness/jobs", "harness/remote", "harness/http",
      "harness/verification", "harness/evaluation", "harness/records", "harness/metrics", "datasets"}},
};

// These never see libtorch: a report, a metric or a table is made on a machine without it.
const std::set<std::string> kWithoutLibtorch = {
    "harness/base",       "harness/http",         "harness/boosting", "harness/jobs",
    "harness/remote",     "harness/metrics",      "datasets",         "harness/records",
    "harness/evaluation", "harness/verification", "reports"};

/// One #include: the file with it, and what it names.
struct Include {
  std::string file, target;
};

std::string folder_of(const std::string& file) { return fs::path(file).parent_path().generic_string(); }

/// The layer of a folder; blank where there is none.
std::string layer_of(std::string folder) {
  while (!folder.empty() && !kLayers.contains(folder)) folder = folder_of(folder);
  return folder;
}

constexpr std::array kFolders = {"harness", "baselines", "searches", "datasets", "reports"};

std::vector<Include> read_includes(const fs::path& root) {
  static const std::regex kInclude("#include [<\"]([^>\"]+)[>\"].*");
  std::vector<Include> includes;
  for (const char* top : kFolders) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      if (entry.path().extension() != ".h" && entry.path().extension() != ".cc") continue;
      std::ifstream in(entry.path());
      std::smatch match;
      for (std::string line; std::getline(in, line);) {
        if (line.starts_with("#include") && std::regex_match(line, match, kInclude)) {
          includes.push_back({entry.path().lexically_relative(root).generic_string(), match[1]});
        }
      }
    }
  }
  return includes;
}

/// Includes that the table does not allow.
std::vector<std::string> forbidden(const std::vector<Include>& includes) {
  std::vector<std::string> found;
  for (const auto& [file, target] : includes) {
    const std::string from = layer_of(folder_of(file)), to = layer_of(folder_of(target));
    const bool torch = target.starts_with("torch/") || target.starts_with("ATen/") || target.starts_with("c10/");
    if (from.empty()) {
      found.push_back(fmt::format("{}: in no layer of tests/layers/layers_test.cc", file));
    } else if (torch && kWithoutLibtorch.contains(from)) {
      found.push_back(fmt::format("{}: {} must do without libtorch's {}", file, from, target));
    } else if (!to.empty() && to != from && to != "harness/base" && !kLayers.at(from).contains(to)) {
      found.push_back(fmt::format("{}: {} may not include {} ({})", file, from, to, target));
    }
  }
  return found;
}

/// The first `depth` names of a folder: "harness/latency" of "harness/latency/timing" for 2.
std::string room_of(const std::string& folder, int depth) {
  std::size_t end = folder.find('/');
  for (int i = 1; i < depth && end != folder.npos; ++i) end = folder.find('/', end + 1);
  return folder.substr(0, end);
}

constexpr int kWhole = 99;  ///< deeper than any folder

/// Folders that include each other, directly or through others: "a -> b -> a". With a depth, rooms of that many names:
/// what is below a room counts as the room.
std::vector<std::string> circles(const std::vector<Include>& includes, int depth = kWhole) {
  std::map<std::string, std::set<std::string>> arrows;
  for (const auto& [file, target] : includes) {
    if (layer_of(folder_of(target)).empty()) continue;
    const std::string from = room_of(folder_of(file), depth), to = room_of(folder_of(target), depth);
    if (from != to) arrows[from].insert(to);
  }
  std::vector<std::string> found, path;
  std::set<std::string> done;
  const std::function<void(const std::string&)> visit = [&](const std::string& folder) {
    const auto before = std::find(path.begin(), path.end(), folder);
    if (before != path.end()) {
      found.push_back(fmt::format("{} -> {}", fmt::join(before, path.end(), " -> "), folder));
      return;
    }
    if (!done.insert(folder).second) return;
    path.push_back(folder);
    for (const auto& to : arrows[folder]) visit(to);
    path.pop_back();
  };
  std::vector<std::string> folders;
  for (const auto& [folder, unused] : arrows) folders.push_back(folder);
  for (const auto& folder : folders) visit(folder);
  return found;
}

/// The files of the project by the ends of their paths ("harness/metrics/pareto.h", "metrics/pareto.h", "pareto.h"),
/// and the names of its folders.
struct Places {
  std::set<std::string> files, folders;

  void add(const fs::path& file) {
    fs::path end;
    for (fs::path rest = file; !rest.empty(); rest = rest.parent_path()) {
      end = end.empty() ? rest.filename() : rest.filename() / end;
      files.insert(end.generic_string());
      if (rest.has_parent_path()) folders.insert(rest.parent_path().filename().string());
    }
  }
};

/// The paths in a line's comment that name no file of the project, though they begin with one of its folders.
std::vector<std::string> missing_places(const std::string& line, const Places& places) {
  static const std::regex kPath("(^|[ (\"`])(([a-z0-9_]+)/[a-z0-9_/]+[.](h|cc|py|sh|csv|json|md|txt))($|[^a-z0-9_*])");
  std::vector<std::string> missing;
  const auto begin = line.find("//");
  if (begin == line.npos) return missing;
  const std::string comment = line.substr(begin);
  if (comment.find('/', 3) == comment.npos) return missing;
  for (auto match = std::sregex_iterator(comment.begin(), comment.end(), kPath); match != std::sregex_iterator();
       ++match) {
    if (places.folders.contains((*match)[3]) && !places.files.contains((*match)[2])) missing.push_back((*match)[2]);
  }
  return missing;
}

/// The sources, and what their comments may name; committed results are left out.
struct Tree {
  std::vector<fs::path> sources;
  Places places;
};

Tree read_tree(const fs::path& root) {
  Tree tree;
  std::vector<const char*> folders(kFolders.begin(), kFolders.end());
  folders.push_back("tests");
  for (const char* top : folders) {
    for (auto entry = fs::recursive_directory_iterator(root / top); entry != fs::recursive_directory_iterator();
         ++entry) {
      const fs::path file = entry->path().lexically_relative(root);
      if (file == "reports/results") entry.disable_recursion_pending();
      if (!entry->is_regular_file()) continue;
      tree.places.add(file);
      if (file.extension() == ".h" || file.extension() == ".cc") tree.sources.push_back(file);
    }
  }
  return tree;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(layers)

BOOST_AUTO_TEST_CASE(no_source_includes_what_its_layer_must_not_know) {
  const auto includes = read_includes(fs::path(tests::tests_dir()).parent_path());
  BOOST_TEST_REQUIRE(includes.size() > 1000U);
  for (const auto& problem : forbidden(includes)) BOOST_ERROR(problem);
}

// build/generated/links.txt, which CMake writes: "library:folder" for each library, then "library>linked".
BOOST_AUTO_TEST_CASE(libraries_link_only_what_their_layers_may_include) {
  std::ifstream in(fs::path(tests::flnas_program()).parent_path().parent_path() / "generated/links.txt");
  std::map<std::string, std::string> layers;
  int links = 0;
  for (std::string line; std::getline(in, line);) {
    if (const auto colon = line.find(':'); colon != line.npos && line.find('>') == line.npos) {
      layers[line.substr(0, colon)] = layer_of(line.substr(colon + 1));
      continue;
    }
    const auto arrow = line.find('>');
    if (arrow == line.npos) continue;
    const std::string from = line.substr(0, arrow), to = line.substr(arrow + 1);
    if (!layers.contains(to)) continue;  // not of this project
    ++links;
    const std::string &here = layers.at(from), &there = layers.at(to);
    if (here.empty() || there.empty()) {
      BOOST_ERROR(fmt::format("{} or {}: its folder is in no layer", from, to));
    } else if (here != there && there != "harness/base" && !kLayers.at(here).contains(there)) {
      BOOST_ERROR(fmt::format("{} ({}) may not link {} ({})", from, here, to, there));
    }
  }
  BOOST_TEST(links > 100);
}

BOOST_AUTO_TEST_CASE(no_folders_include_each_other) {
  const auto includes = read_includes(fs::path(tests::tests_dir()).parent_path());
  // Rooms as READMEs list them (harness/latency, searches/core), then their parts, then every folder by itself.
  for (const int depth : {2, 3, kWhole}) {
    for (const auto& circle : circles(includes, depth)) BOOST_ERROR(circle);
  }
}

BOOST_AUTO_TEST_CASE(a_planted_include_is_found) {
  const auto problem = [](const char* file, const char* target) {
    const auto found = forbidden({{file, target}});
    return found.empty() ? std::string() : found.front();
  };
  BOOST_TEST(problem("harness/study/a.cc", "harness/cli/options.h") ==
             "harness/study/a.cc: harness/study may not include harness/cli (harness/cli/options.h)");
  BOOST_TEST(problem("baselines/a.cc", "searches/core/b.h") != "");
  BOOST_TEST(problem("reports/data/a.cc", "torch/types.h") != "");
  BOOST_TEST(problem("harness/nn/blocks.h", "harness/records/record.h") != "");
  BOOST_TEST(problem("harness/new/a.cc", "harness/base/json.h") != "");
  BOOST_TEST(problem("harness/nn/models/a.cc", "harness/records/record.h") == "");
  BOOST_TEST(problem("reports/data/a.cc", "harness/records/store.h") == "");
  BOOST_TEST(problem("harness/metrics/a.cc", "fmt/format.h") == "");
}

BOOST_AUTO_TEST_CASE(a_planted_circle_is_found) {
  const auto found = circles(
      {{"reports/a/1.cc", "reports/b/2.h"}, {"reports/b/2.h", "reports/c/3.h"}, {"reports/c/3.cc", "reports/a/4.h"}});
  BOOST_TEST_REQUIRE(found.size() == 1U);
  BOOST_TEST(found.front() == "reports/a -> reports/b -> reports/c -> reports/a");
  BOOST_TEST(circles({{"reports/a/1.cc", "reports/b/2.h"}, {"reports/a/1.cc", "reports/a/1.h"}}).empty());
  // Between rooms, though no two folders include each other.
  const std::vector<Include> rooms = {{"searches/spaces/cnn/1.cc", "searches/llm/chat/2.h"},
                                      {"searches/llm/3.cc", "searches/spaces/cnn/1.h"}};
  BOOST_TEST(circles(rooms).empty());
  BOOST_TEST(circles(rooms, 2).front() == "searches/llm -> searches/spaces -> searches/llm");
  BOOST_TEST(room_of("harness/latency/timing", 2) == "harness/latency");
  BOOST_TEST(room_of("reports", 2) == "reports");
}

BOOST_AUTO_TEST_CASE(files_that_comments_name_are_there) {
  const fs::path root = fs::path(tests::tests_dir()).parent_path();
  const Tree tree = read_tree(root);
  BOOST_TEST_REQUIRE(tree.sources.size() > 500U);
  for (const fs::path& source : tree.sources) {
    std::ifstream in(root / source);
    for (std::string line; std::getline(in, line);) {
      for (const auto& missing : missing_places(line, tree.places)) {
        BOOST_ERROR(source.string() + " names " + missing);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(no_source_is_longer_than_400_lines) {
  const fs::path root = fs::path(tests::tests_dir()).parent_path();
  for (const fs::path& source : read_tree(root).sources) {
    std::ifstream in(root / source);
    int lines = 0;
    for (std::string line; std::getline(in, line);) ++lines;
    if (lines > 400) BOOST_ERROR(fmt::format("{}: {} lines; split it", source.string(), lines));
  }
}

BOOST_AUTO_TEST_CASE(a_planted_place_that_is_missing_is_found) {
  Places places;
  places.add("harness/metrics/pareto.h");
  BOOST_TEST(missing_places("int a;  ///< see metrics/pareto.h and harness/metrics/pareto.h", places).empty());
  BOOST_TEST(missing_places("/// Source: torch/serialization.py", places).empty());
  const std::string moved = std::string("metrics/") + "moved.h";  // in two, so that this line does not name it
  BOOST_TEST(missing_places("const char* file = \"" + moved + "\";", places).empty());
  const auto missing = missing_places("/// As " + moved + ".", places);
  BOOST_TEST_REQUIRE(missing.size() == 1U);
  BOOST_TEST(missing.front() == moved);
}

BOOST_AUTO_TEST_SUITE_END()
