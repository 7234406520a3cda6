#pragma once

#include "datasets/check_report.h"

namespace flnas {

/// Opens and decodes every image. Problems: a bad row (of a table that was read with BadRows::kCollect), an unreadable
/// image, a label without image, a group without any image.
/// Warnings: images with a fault of form that was read over, exact or near duplicates that a split by lesion may put on
/// both sides, images without label, classes without image. Tables that cannot be read are thrown as DataError by
/// read_table before this.
CheckReport check_dataset(const Table& table, unsigned threads = 0);

}  // namespace flnas
