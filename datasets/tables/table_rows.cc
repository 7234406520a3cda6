#include "datasets/tables/table_rows.h"

#include <fmt/format.h>

#include "datasets/adapters/image_folder.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"

namespace flnas {

TableFile read_table_file(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) {
    throw DataError(fmt::format("{}: no such file; give the folder that holds it, or another --adapter{}",
                                file.string(),
                                class_folders(file.parent_path()).size() > 1
                                    ? fmt::format(" ({} for folders named by their class)", kImageFolder)
                                    : ""));
  }
  const std::string text = read_file(file);
  return {Csv::parse(text, file.string()), sha256(text)};
}

std::string row_place(const Csv& csv, std::size_t row) { return fmt::format("{}:{}", csv.where(), csv.line(row)); }

bool RowErrors::readable(const std::function<void()>& read) {
  try {
    read();
    return true;
  } catch (const DataError& error) {
    if (policy_ == BadRows::kThrow) throw;
    noted_.emplace_back(error.what());
    return false;
  }
}

RowsByImage index_images(const Csv& csv, std::size_t column, RowErrors& errors) {
  RowsByImage rows;
  rows.reserve(csv.rows());
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const std::string& image = csv.at(row, column);
    errors.readable([&] {
      if (image.empty()) throw DataError(fmt::format("{}: no image id; fill it in", row_place(csv, row)));
      if (const auto [known, added] = rows.emplace(image, row); !added) {
        throw DataError(fmt::format("{}: image '{}' is already on line {}; remove one of the two", row_place(csv, row),
                                    image, csv.line(known->second)));
      }
    });
  }
  return rows;
}

}  // namespace flnas
