#include "datasets/synthetic/synth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "datasets/adapters/adapter.h"
#include "datasets/adapters/adapter_files.h"
#include "datasets/tables/table.h"
#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/parallel.h"
#include "harness/base/random.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr int kVersion = 1;  // of the pictures: another version draws other pixels from the same seed
constexpr int kJpegQuality = 90;

struct ClassFacts {
  const char* name;
  double share;      ///< of images
  double age, male;  ///< mean age in years, share of men; both roughly as in ISIC 2019
};
constexpr ClassFacts kClasses[] = {
    {"MEL", 0.14, 60, 0.56}, {"NV", 0.45, 44, 0.50},  {"BCC", 0.12, 65, 0.60},   {"AK", 0.055, 69, 0.58},
    {"BKL", 0.12, 62, 0.53}, {"DF", 0.035, 48, 0.45}, {"VASC", 0.035, 50, 0.48}, {"SCC", 0.045, 70, 0.62},
};
constexpr double kAgeSpread = 19;
constexpr const char* kSites[] = {"anterior torso", "head/neck",       "lateral torso",   "lower extremity",
                                  "palms/soles",    "posterior torso", "upper extremity", ""};

int draw_views(Random& random) {
  const double u = random.uniform();
  return u < 0.84 ? 1 : u < 0.94 ? 2 : u < 0.98 ? 3 : 4;
}

/// The class that lags its share the most.
std::size_t next_class(const std::vector<int>& counts, int total) {
  std::size_t best = 0;
  double most = -INFINITY;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double lag = kClasses[i].share * (total + 1) - counts[i];
    if (lag > most) best = i;
    most = std::max(most, lag);
  }
  return best;
}

std::string blank_sometimes(std::string text, double share, Random& random) {
  return random.uniform() < share ? std::string() : text;
}

/// One lesion and its person; `views` rows that differ in nothing but the view.
std::vector<SynthRow> draw_rows(std::size_t class_index, int views, std::uint64_t lesion_seed, Random& random) {
  const ClassFacts& facts = kClasses[class_index];
  SynthRow row;
  row.class_index = static_cast<int>(class_index);
  row.label = facts.name;
  row.years = std::clamp(5 * std::round((facts.age + kAgeSpread * random.normal()) / 5), 0.0, 85.0);
  row.male = random.uniform() < facts.male;
  row.age = blank_sometimes(fmt::format("{:.0f}", row.years), 0.02, random);
  row.sex = blank_sometimes(row.male ? "male" : "female", 0.02, random);
  row.site = kSites[random.below(std::size(kSites))];
  row.lesion_seed = lesion_seed;
  // Only lesions with one view lose their name, so that a split by lesion stays clean.
  row.lesion = fmt::format("SYN_L{:08x}", lesion_seed & 0xFFFFFFFF);
  if (views == 1) row.lesion = blank_sometimes(row.lesion, 0.08, random);
  return std::vector<SynthRow>(static_cast<std::size_t>(views), row);
}

std::string labels_csv(const std::vector<SynthRow>& rows) {
  std::string text = "image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK\n";
  for (const SynthRow& row : rows) {
    text += row.image;
    for (const ClassFacts& facts : kClasses) text += row.label == facts.name ? ",1.0" : ",0.0";
    text += ",0.0\n";
  }
  return text;
}

std::string metadata_csv(const std::vector<SynthRow>& rows) {
  std::string text = "image,age_approx,anatom_site_general,lesion_id,sex\n";
  for (const SynthRow& row : rows) text += csv_row({row.image, row.age, row.site, row.lesion, row.sex}) + "\n";
  return text;
}

void write_plain(const fs::path& file, const std::vector<std::uint8_t>& bytes) {
  std::FILE* out = std::fopen(file.c_str(), "wb");
  bool written = out != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size();
  const int code = errno;
  if (out != nullptr) written = std::fclose(out) == 0 && written;
  if (!written) {
    throw IoError(fmt::format("{}: cannot write ({}); free some space or choose another folder", file.string(),
                              std::strerror(code)));
  }
}

Json describe(const SynthConfig& config) {
  Json json = {{"format", "flnas-synthetic/1"}, {"version", kVersion}};
  json.update(config_to_json(config));
  return json;
}

/// Removes what was written unless it was finished.
struct Partial {
  fs::path path;
  ~Partial() {
    std::error_code ignored;
    if (!path.empty()) fs::remove_all(path, ignored);
  }
};

}  // namespace

std::vector<SynthRow> plan_lesions(const SynthConfig& config) {
  std::vector<std::string> problems;
  if (config.images < 50 || config.images > 100000)
    problems.push_back(fmt::format("--images {}: expected 50 to 100000", config.images));
  if (config.size < 16 || config.size > 1024)
    problems.push_back(fmt::format("--size {}: expected 16 to 1024 pixels", config.size));
  require_valid(problems);
  Random random(mix_seed(config.seed, 1));
  std::vector<std::vector<SynthRow>> lesions;
  std::vector<int> counts(std::size(kClasses));
  for (int total = 0; total < config.images;) {
    const std::size_t class_index = next_class(counts, total);
    const int views = std::min(draw_views(random), config.images - total);
    lesions.push_back(draw_rows(class_index, views, mix_seed(config.seed, 1000 + lesions.size()), random));
    counts[class_index] += views;
    total += views;
  }
  random.shuffle(lesions);
  std::vector<SynthRow> rows;
  for (auto& lesion : lesions) {
    for (auto& row : lesion) {
      row.view_seed = mix_seed(row.lesion_seed, rows.size());
      row.image = fmt::format("SYN_{:07}{}", rows.size(), random.uniform() < 0.08 ? "_downsampled" : "");
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

Adapter synthetic_adapter() { return default_adapter(); }

bool write_synthetic(const fs::path& folder, const SynthConfig& config, unsigned threads) {
  const std::vector<SynthRow> rows = plan_lesions(config);
  if (fs::exists(folder) && !(fs::is_directory(folder) && fs::is_empty(folder))) {
    const fs::path mark = folder / kSyntheticMark;
    if (fs::exists(mark) && read_json(mark) == describe(config)) return false;
    throw ConfigError(
        fmt::format("{}: already holds other files; choose another folder or remove it", folder.string()));
  }
  const Adapter layout = synthetic_adapter();
  const fs::path target = fs::absolute(folder).lexically_normal();
  const fs::path whole = target.has_filename() ? target : target.parent_path();
  Partial partial{whole.parent_path() / fmt::format(".{}.partial", whole.filename().string())};
  std::error_code code;
  fs::remove_all(partial.path, code);
  const fs::path images = partial.path / layout.image_folder;
  create_folder(images);
  parallel_for(rows.size(), threads, "drawing lesions", [&] {
    return [&](std::size_t i) {
      write_plain(images / (rows[i].image + ".jpg"), encode_jpeg(draw_lesion(rows[i], config.size), kJpegQuality));
    };
  });
  write_file(partial.path / layout.labels_file, labels_csv(rows));
  write_file(partial.path / layout.metadata_file, metadata_csv(rows));
  write_json(partial.path / kSyntheticMark, describe(config));
  fs::rename(partial.path, whole, code);
  if (code)
    throw IoError(fmt::format("{}: cannot be created ({}); choose another folder", whole.string(), code.message()));
  partial.path.clear();
  return true;
}

}  // namespace flnas
