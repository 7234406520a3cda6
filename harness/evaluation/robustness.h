// Accuracy under corruptions and an attack, overall and by group, from the answers alone.
#pragma once

#include <string>

#include "harness/evaluation/evaluate.h"
#include "harness/records/robustness_record.h"

namespace flnas {

/// In the column `subset` of the answers: the images as they are, and the attack. Every other condition is a
/// corruption.
inline constexpr char kClean[] = "clean", kAttack[] = "fgsm";

/// "gaussian_noise:3"; "clean" for level 0.
std::string condition_subset(const std::string& name, int level);

/// Fills n, lesions and the figures of the record from answers to the same images under each condition, in the order in
/// which the conditions first occur. Means over conditions have the interval of the mean over the same images, so that
/// what an image has in common in all conditions counts once. Throws DataError where a subset is no condition, "clean"
/// is missing, or a condition has other images.
void add_robustness(RobustnessRecord& record, const Predictions& predictions, const Adapter& adapter, const Task& task);

}  // namespace flnas
