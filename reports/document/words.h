#pragma once

#include <string>

#include "reports/document/document.h"

namespace flnas::reports {

/// Puts the data's own word in the place of "image" and "images" wherever a document speaks to people: sections are
/// written for images, and where the data are a table a row of it is a person or a defendant (Adapter::example).
/// Code, references, keys, ids and figures' scripts stay, and so do the words of a table's cells and the names and
/// groups of its rows, which come from records (a class may be called "image"): a section that writes a cell of words
/// takes example_word() itself. "Image" keeps its capital, and "an" becomes "a" where it has to.
void speak_of(Document& document, const std::string& example);

/// The same of one text.
std::string spoken_of(const std::string& text, const std::string& example);

}  // namespace flnas::reports
