#pragma once

#include <string>
#include <vector>

#include "datasets/images/duplicates.h"
#include "datasets/tables/table.h"
#include "datasets/tables/units.h"

namespace flnas {

/// The result of opening one image.
struct OpenedImage {
  std::string problem;  ///< why it cannot be read
  std::string warning;  ///< the decoder's, of what was read over
  std::string hash;     ///< SHA-256 of the file; empty where there is none
  Thumbnail thumbnail;
};

/// Opens and decodes the images of the rows, in their order. Never throws for an image: it becomes its `problem`.
std::vector<OpenedImage> open_images(const Table& table, const RowIndices& rows, unsigned threads = 0);

}  // namespace flnas
