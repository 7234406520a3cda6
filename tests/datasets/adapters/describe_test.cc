#include "datasets/adapters/describe.h"

#include <boost/test/unit_test.hpp>

#include "datasets/adapters/adapter.h"
#include "harness/base/error.h"
#include "tests/datasets/fixture.h"

namespace {

using namespace flnas;
using test::contains;

struct Fixture {
  test::TemporaryFolder folder;

  AdapterDraft draft(const std::string& text, const std::vector<std::string>& images = {}) const {
    for (const auto& image : images) write_file(folder / "pictures" / image, "x");
    write_file(folder / "skin.csv", text);
    return describe_table(folder / "skin.csv");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(describe, Fixture)

BOOST_AUTO_TEST_CASE(image_label_unit_and_attributes_are_guessed_by_name_and_contents) {
  std::string text = ",picture,patient,diagnosis,skin type,years,camera,remark\n";
  std::vector<std::string> images;
  for (int i = 0; i < 30; ++i) {
    images.push_back(fmt::format("p{:02}.png", i));
    text += fmt::format("{0},p{0:02}.png,{1},{2},{3},{4},A,note {0}\n", i, i / 2, i % 3 == 0 ? "malign" : "benign",
                        i % 2 == 0 ? "light" : "dark", i == 7 ? 999 : 20 + i);
  }
  const AdapterDraft found = draft(text, images);
  const Json& json = found.adapter;
  BOOST_TEST(json["name"] == "skin");
  BOOST_TEST(json["labels"]["image"] == "picture");
  BOOST_TEST(json["labels"]["column"] == "diagnosis");
  BOOST_TEST(json["labels"]["classes"] == Json({"benign", "malign"}));
  BOOST_TEST(json["metadata"]["unit"] == "patient");
  BOOST_TEST(json["images"]["folder"] == "pictures");
  BOOST_TEST(json["tasks"]["all"]["positive"] == "malign");
  BOOST_TEST(json["attributes"].size() == 2u);
  BOOST_TEST(json["attributes"]["skin type"]["groups"] == Json({{"dark", {"dark"}}, {"light", {"light"}}}));
  BOOST_TEST(json["attributes"]["years"]["unknown"] == Json({"999"}));
  BOOST_TEST(json["attributes"]["years"]["groups"] == Json({{"years_below_30", {{"below", 30}}},
                                                            {"years_30_to_40", {{"from", 30}, {"below", 40}}},
                                                            {"years_from_40", {{"from", 40}}}}));
  // It can be read as it is.
  const Adapter adapter = parse_adapter(json, "draft");
  BOOST_TEST(adapter.attributes.size() == 2u);
  std::string notes;
  for (const auto& note : found.notes) notes += note + "\n";
  BOOST_TEST(contains(notes, "positive class: malign"));
  BOOST_TEST(contains(notes, "not known: 999"));
  BOOST_TEST(contains(notes, "column 'camera' is not used: the same for all"));
  BOOST_TEST(contains(notes, "column 'remark' is not used: 30 different texts"));
}

BOOST_AUTO_TEST_CASE(classes_may_be_columns_of_zeros_and_a_one) {
  const AdapterDraft found = draft("image,MEL,NV,sex\na,1,0,male\nb,0,1,female\nc,0,1,male\n");
  BOOST_TEST(found.adapter["labels"]["classes"] == Json({"MEL", "NV"}));
  BOOST_TEST(!found.adapter["labels"].contains("column"));
  BOOST_TEST(found.adapter["attributes"].size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_table_without_ids_or_labels_says_what_to_name) {
  BOOST_TEST(contains(test::message_of<DataError>([&] { draft("a,b\n1,1\n1,1\n"); }), "name it 'image'"));
  BOOST_TEST(contains(test::message_of<DataError>([&] { draft("image,b\nx,1\ny,1\n"); }), "--label image|b"));
}

BOOST_AUTO_TEST_CASE(label_and_unit_may_be_named) {
  std::string text = "file,opinion,who,skin\n";
  for (int i = 0; i < 12; ++i) {
    write_file(folder / "pictures" / fmt::format("f{:02}.png", i), "x");
    text += fmt::format("f{:02},{},w{},{}\n", i, i % 2 == 0 ? "yes" : "no", i / 2, i % 3 == 0 ? "light" : "dark");
  }
  write_file(folder / "skin.csv", text);
  BOOST_CHECK_EXCEPTION(describe_table(folder / "skin.csv"), DataError, test::says({"--label file|opinion|who|skin"}));
  const Json json = describe_table(folder / "skin.csv", {}, {.label = "opinion", .unit = "who"}).adapter;
  BOOST_TEST(json["labels"]["column"] == "opinion");
  BOOST_TEST(json["metadata"]["unit"] == "who");
  BOOST_TEST(json["images"]["suffixes"] == Json({".png"}));
  BOOST_TEST(json["attributes"].size() == 1u);
  BOOST_CHECK_EXCEPTION(describe_table(folder / "skin.csv", {}, {.label = "opinoin"}), DataError,
                        test::says({"'opinoin'", "opinion"}));
}

BOOST_AUTO_TEST_CASE(a_draft_is_indented_with_lists_of_names_on_one_line) {
  const Json draft =
      parse_json(R"({"name": "skin", "classes": ["a [b]", "c"], "pairs": [["x", "y"]], "ignore": []})", "");
  BOOST_TEST(draft_text(draft) ==
             "{\n"
             "  \"name\": \"skin\",\n"
             "  \"classes\": [\n"
             "    \"a [b]\",\n"
             "    \"c\"\n"
             "  ],\n"
             "  \"pairs\": [\n"
             "    [\"x\", \"y\"]\n"
             "  ],\n"
             "  \"ignore\": []\n"
             "}\n");
  BOOST_TEST(parse_json(draft_text(draft), "draft") == draft);
  const Json names = parse_json(R"({"classes": ["a", "b  c"]})", "");
  BOOST_TEST(draft_text(names) == "{\n  \"classes\": [\"a\", \"b  c\"]\n}\n");
}

BOOST_AUTO_TEST_SUITE_END()
