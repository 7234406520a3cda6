#pragma once

#include <functional>
#include <optional>
#include <string>

#include "harness/base/json.h"

namespace flnas::searches {

/// A design in a line, as its space writes it.
using DesignBrief = std::function<std::string(const Json& design)>;

/// What FL-NAS's prompt says of a space (searches/llm/prompts/README.md).
struct SpaceWords {
  std::string networks;                    ///< "convolutional neural networks"
  std::string network;                     ///< "convolutional network"
  std::string inputs;                      ///< "images of 64 x 64 pixels, three channels"
  std::string basic;                       ///< a basic member, as replies write it
  std::string form;                        ///< how that is read
  std::string parts;                       ///< what may be added and removed: "stages"
  std::string choices;                     ///< what each value may be, a line each
  std::string rules;                       ///< what else has to hold; blank: nothing
  std::string notation;                    ///< how `brief` writes a design
  std::string limits;                      ///< Limits::text()
  std::optional<double> latency_limit_us;  ///< of one image

  /// What each choice that has a name consists of, a line each; `costs`: with its multiply-accumulates.
  std::function<std::string(bool costs)> forms;
  DesignBrief brief;
  /// A design as replies write it.
  std::function<std::string(const Json& design)> written;
  /// Parameters and multiply-accumulates of each part of a design.
  std::function<std::string(const Json& design)> part_costs;
};

}  // namespace flnas::searches
