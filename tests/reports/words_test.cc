#include "reports/document/words.h"

#include <boost/test/unit_test.hpp>

#include "reports/document/inline.h"

using namespace flnas::reports;

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(images_become_what_the_data_call_a_row) {
  const auto said = [](const std::string& text) { return spoken_of(text, "defendant"); };
  BOOST_TEST(said("Images of a class, per image.") == "Defendants of a class, per defendant.");
  BOOST_TEST(said("(images)") == "(defendants)");
  BOOST_TEST(said("imagery, image_folder and pre-image stay") == "imagery, image_folder and pre-image stay");
  BOOST_TEST(said("test images, " + strong("200 images") + " by " + code("--images 200")) ==
             "test defendants, " + strong("200 defendants") + " by " + code("--images 200"));
  BOOST_TEST(said("see " + reference("images")) == "see " + reference("images"));
  BOOST_TEST(said("An image, than images; spoken_of an image") ==
             "A defendant, than defendants; spoken_of a defendant");
  BOOST_TEST(spoken_of("an image", "applicant") == "an applicant");
  BOOST_TEST(said("") == "");
}

BOOST_AUTO_TEST_CASE(every_part_that_people_read_is_changed_and_no_key) {
  Document document;
  document.subtitle = "on 5 images";
  Table table{.id = "images", .title = "Test images", .caption = "Of images."};
  table.columns = {{.key = "images", .title = "Images", .note = "per image"}};
  table.rows = {{.key = "image", .label = "image", .group = "image", .cells = {Cell{.reason = "no image"}}}};
  table.rows[0].cells.push_back(Cell{.text = "image"});
  document.sections = {{"images", "Images", {Paragraph{"an image"}, List{{"images"}}, table}}};
  document.printed = document.sections;
  speak_of(document, "person");
  BOOST_TEST(document.printed[0].title == "Persons");
  BOOST_TEST(document.subtitle == "on 5 persons");
  const Section& section = document.sections[0];
  BOOST_TEST(section.id == "images");
  BOOST_TEST(section.title == "Persons");
  BOOST_TEST(std::get<Paragraph>(section.blocks[0]).text == "a person");
  BOOST_TEST(std::get<List>(section.blocks[1]).items[0] == "persons");
  const Table& changed = std::get<Table>(section.blocks[2]);
  BOOST_TEST(changed.id == "images");
  BOOST_TEST(changed.title == "Test persons");
  BOOST_TEST(changed.columns[0].key == "images");
  BOOST_TEST(changed.columns[0].note == "per person");
  // Names and cells of words are a record's: a model, a group or a class can be called so.
  BOOST_TEST(changed.rows[0].label == "image");
  BOOST_TEST(changed.rows[0].group == "image");
  BOOST_TEST(changed.rows[0].cells[1].text == "image");
  BOOST_TEST(changed.rows[0].cells[0].reason == "no person");
}

BOOST_AUTO_TEST_SUITE_END()
