#include "datasets/images/opened.h"

#include <memory>

#include "datasets/images/decode.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/base/parallel.h"

namespace flnas {

std::vector<OpenedImage> open_images(const Table& table, const RowIndices& rows, unsigned threads) {
  std::vector<OpenedImage> opened(rows.size());
  parallel_for(rows.size(), threads, "opening images", [&] {
    auto decoder = std::make_shared<ImageDecoder>();
    return [&, decoder](std::size_t i) {
      const Row& row = table.rows[rows[i]];
      if (row.file.empty()) return;
      try {
        const auto bytes = read_bytes(row.file);
        opened[i].hash = sha256({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        std::vector<std::uint8_t> pixels(Thumbnail::kSide * Thumbnail::kSide * 3);
        opened[i].warning = decoder->decode_square(bytes, Thumbnail::kSide, pixels, row.file.string());
        opened[i].thumbnail = make_thumbnail(pixels);
      } catch (const Error& error) {
        opened[i].problem = error.what();
      }
    };
  });
  return opened;
}

}  // namespace flnas
