// Decode and resize to 224 x 224, one thread, images per second. The peer in Python: decode_bench.py.
//   decode_bench [--benchmark_...] FOLDER...      each a folder of JPEG files
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "datasets/images/decode.h"
#include "harness/base/error.h"

namespace {

constexpr int kSize = 224;
constexpr std::size_t kMostFiles = 200;

std::vector<std::filesystem::path> jpeg_files(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".jpg") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  files.resize(std::min(files.size(), kMostFiles));
  return files;
}

void decode(benchmark::State& state, const std::vector<std::filesystem::path>& files) {
  flnas::ImageDecoder decoder;
  std::vector<std::uint8_t> pixels(kSize * kSize * 3);
  for (auto _ : state) {
    for (const auto& file : files) decoder.decode_square(file, kSize, pixels);
    benchmark::DoNotOptimize(pixels.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(files.size()));
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    const auto files = jpeg_files(argv[i]);
    if (files.empty()) {
      fmt::print(stderr, "error: {}: no .jpg files; give folders of JPEG files\n", argv[i]);
      return 2;
    }
    benchmark::RegisterBenchmark(fmt::format("decode/{}", argv[i]).c_str(), decode, files)
        ->Unit(benchmark::kMillisecond);
  }
  try {
    benchmark::RunSpecifiedBenchmarks();
  } catch (const flnas::Error& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return error.exit_code();
  }
}
