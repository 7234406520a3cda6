#pragma once

#include <string>

namespace flnas {

/// Puts the data's own word (Adapter::example) in the place of "image" and "images" in a text for people: such texts
/// are written for images, and where the data are a table a row of it is a person or a defendant. "Image" keeps its
/// capital, and "an" becomes "a" where it has to; "spoken_of_images" and the like stay as they are.
std::string in_words_of(const std::string& text, const std::string& example);

}  // namespace flnas
