#pragma once

#include <string>

#include "searches/spaces/cnn/designs/choices.h"

namespace flnas::searches {

// A space of convolutional networks in words, for prompts.

/// What each value may be, a line each.
std::string choices_text(const Choices& choices);
/// What each form and normalisation that may be chosen consists of, a line each. `costs`: with the multiply-accumulates
/// that a form takes for a pixel of its output.
std::string forms_text(const Choices& choices, bool costs);

}  // namespace flnas::searches
