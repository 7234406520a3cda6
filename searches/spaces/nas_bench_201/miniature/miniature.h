#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace flnas::searches {

/// `flnas dataset nas-table`: a table like NAS-Bench-201's with HW-NAS-Bench's, but small and made here.
struct NasMiniatureConfig {
  int free_edges = 4;
  int images = 2000;
  int size = 16;
  int channels = 8;
  int short_epochs = 2;
  int epochs = 10;
  int batch = 32;
  double lr = 3e-3;
  int threads = 1;
  std::uint64_t seed = 1;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("free_edges", self.free_edges, "edges of the cell that vary, 1 to 4: the table has 4^N cells");
    visit("images", self.images, "synthetic images, split 70/20/10");
    visit("size", self.size, "side of the images in pixels");
    visit("channels", self.channels, "of the network's first stage; one cell per stage");
    visit("short_epochs", self.short_epochs, "after which the validation accuracy is taken that searches see");
    visit("epochs", self.epochs, "after which the test accuracy is taken that scores them");
    visit("batch", self.batch, "images per step");
    visit("lr", self.lr, "learning rate of Adam");
    visit("threads", self.threads, "CPU threads");
    visit("seed", self.seed, "seed of images, weights and order");
  }
};

/// Trains every cell of the miniature space on synthetic lesions (binary task), measures its latency on this machine
/// and its proxies, and writes the CSV files of datasets/nas/README.md with table.json into `out`:
///
///     cells: each of e01, e12, e23, e03 (the first `free_edges`) one of none, skip_connect, nor_conv_1x1,
///     nor_conv_3x3;
///            the other edges none, but e03 skip_connect where it does not vary
///     data set `lesions`; devices `host` (one image) and `host_batch16` (16 images, per image), eager, milliseconds
///
/// A killed run continues after the cell that it had finished last (`out`/work). Latencies are those of a machine that
/// may do other things: medians of at least 15 calls. Throws ConfigError for settings out of range and where `out`
/// holds another table.
void write_nas_miniature(const std::filesystem::path& out, const NasMiniatureConfig& config,
                         const std::string& command);

}  // namespace flnas::searches
