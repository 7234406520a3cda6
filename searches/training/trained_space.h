#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/nn/registry.h"
#include "searches/core/search_space.h"
#include "searches/training/macs_niches.h"
#include "searches/training/space_words.h"

namespace flnas::searches {

/// A part of every design whose weights are those of the basic member, trained, and stay as they are.
struct FrozenPart {
  int stages = 0;                    ///< how many of its first stages
  std::vector<std::string> tensors;  ///< how the names of its tensors begin: "stages.0."
};

/// A space whose members are networks that can be trained: what a search by training needs of it.
struct TrainedSpace {
  std::shared_ptr<const SearchSpace> space;
  nn::ModelOptions options;                          ///< what its networks are built for
  std::function<nn::ModelEntry(Candidate)> network;  ///< with random weights when it is made; keeps the space
  Candidate basic = 0;                               ///< a basic member, which designs may be compared with
  MacsNiches niches;                                 ///< the space's
  Json settings = Json::object();                    ///< for records: what a design's meaning depends on besides data
  SpaceWords words;
  /// Writes a design, in its canonical form, as a file that `flnas train` takes. `source`: who found it.
  std::function<void(const std::filesystem::path& file, const std::string& title, const Json& design,
                     const std::string& source)>
      write;
  std::optional<FrozenPart> frozen = std::nullopt;
};

}  // namespace flnas::searches
