#include "datasets/fetch/fetch.h"

#include <archive.h>
#include <archive_entry.h>

#include <boost/test/unit_test.hpp>

#include "datasets/fetch/unpack.h"
#include "datasets/tables/table.h"
#include "harness/base/hash.h"
#include "tests/datasets/fixture.h"
#include "tests/support/raw_server.h"

using namespace flnas;
using namespace flnas::test;
namespace fs = std::filesystem;

namespace {

struct Entry {
  std::string name, content;
  unsigned type = AE_IFREG;
};

void write_zip(const fs::path& file, const std::vector<Entry>& entries) {
  struct archive* out = archive_write_new();
  archive_write_set_format_zip(out);
  archive_write_zip_set_compression_store(out);
  BOOST_REQUIRE(archive_write_open_filename(out, file.c_str()) == ARCHIVE_OK);
  for (const Entry& entry : entries) {
    struct archive_entry* header = archive_entry_new();
    archive_entry_set_pathname(header, entry.name.c_str());
    archive_entry_set_filetype(header, entry.type);
    archive_entry_set_perm(header, 0644);
    if (entry.type == AE_IFLNK)
      archive_entry_set_symlink(header, entry.content.c_str());
    else
      archive_entry_set_size(header, static_cast<la_int64_t>(entry.content.size()));
    archive_write_header(out, header);
    if (entry.type == AE_IFREG) archive_write_data(out, entry.content.data(), entry.content.size());
    archive_entry_free(header);
  }
  archive_write_close(out);
  archive_write_free(out);
}

const std::vector<Sample> kSamples = {{"ISIC_1", "MEL", "55", "L1", "male"}, {"ISIC_2", "NV", "20", "", "female"}};

/// A mirror with the two tables and an archive.
struct Mirror {
  Mirror() {
    write_zip(folder / "images.zip", {{"ISIC_2019_Training_Input/", "", AE_IFDIR},
                                      {"ISIC_2019_Training_Input/ISIC_1.jpg", std::string(5000, 'x')},
                                      {"ISIC_2019_Training_Input/ISIC_2.jpg", "second"},
                                      {"ISIC_2019_Training_Input/LICENSE.txt", "free"}});
    files["/ISIC_2019_Training_GroundTruth.csv"] = labels_csv(kSamples);
    files["/ISIC_2019_Training_Metadata.csv"] = metadata_csv(kSamples);
    files["/ISIC_2019_Training_Input.zip"] = read_file(folder / "images.zip");
    config.out = folder / "data";
    config.url = server.url("/");
    config.retry = {.attempts = 2, .first_wait = std::chrono::milliseconds(1)};
  }
  std::string serve(const std::string& head) {
    const auto found = files.find(head.substr(4, head.find(' ', 4) - 4));
    return found == files.end() ? answer(404, "no such file") : serve_file(head, found->second);
  }
  void fetch() {
    fetch_dataset(load_adapter("isic2019"), config, [&](const std::string& line) { said.push_back(line); });
  }

  TemporaryFolder folder;
  std::map<std::string, std::string> files;
  RawServer server{[this](const std::string& head, int) { return serve(head); }};
  FetchConfig config;
  std::vector<std::string> said;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(fetch_set, Mirror)

BOOST_AUTO_TEST_CASE(the_official_files_become_a_data_set) {
  fetch();
  const Table table = read_table(config.out, load_adapter("isic2019"));
  BOOST_REQUIRE(table.rows.size() == 2u);
  BOOST_TEST(read_file(table.rows[1].file) == "second");
  BOOST_TEST(!fs::exists(config.out / "ISIC_2019_Training_Input.zip"));
  BOOST_TEST(said.size() == 4u);
  const auto before = server.requests().size();
  fetch();
  BOOST_TEST(server.requests().size() == before);
  BOOST_TEST(said.back().find("already there") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_archive_may_be_kept) {
  config.keep_archive = true;
  fetch();
  BOOST_TEST(fs::exists(config.out / "ISIC_2019_Training_Input.zip"));
}

BOOST_AUTO_TEST_CASE(an_error_page_in_place_of_a_table_or_archive_is_not_kept) {
  const std::string page = "<html>\n<body>please sign in</body>\n</html>\n";
  auto& table = files["/ISIC_2019_Training_Metadata.csv"];
  std::swap(table, files["/page"] = page);
  BOOST_CHECK_EXCEPTION(fetch(), RemoteError, says({"Metadata.csv", "not the table"}));
  BOOST_TEST(!fs::exists(config.out / kMetadata));
  table = metadata_csv(kSamples);
  files["/ISIC_2019_Training_Input.zip"] = page;
  BOOST_CHECK_EXCEPTION(fetch(), RemoteError, says({"Input.zip", "not a zip archive"}));
  files["/ISIC_2019_Training_Input.zip"] = read_file(folder / "images.zip").substr(0, 4000);
  BOOST_CHECK_THROW(fetch(), DataError);
  BOOST_TEST(!fs::exists(config.out / "ISIC_2019_Training_Input.zip"));
  BOOST_TEST(!fs::exists(config.out / kImages));
  files["/ISIC_2019_Training_Input.zip"] = read_file(folder / "images.zip");
  fetch();
  BOOST_TEST(read_table(config.out, load_adapter("isic2019")).rows[0].file.filename() == "ISIC_1.jpg");
}

BOOST_AUTO_TEST_CASE(known_sizes_and_hashes_are_checked) {
  Adapter adapter = load_adapter("isic2019");
  for (auto& file : adapter.download.files) {
    file.bytes = files["/" + file.name].size();
    file.sha256 = sha256(files["/" + file.name]);
  }
  const auto quiet = [](const std::string&) {};
  fetch_dataset(adapter, config, quiet);
  fs::remove(config.out / kMetadata);
  adapter.download.files[1].sha256[0] ^= 1;
  BOOST_CHECK_EXCEPTION(fetch_dataset(adapter, config, quiet), RemoteError, says({"SHA-256"}));
  adapter.download.files.clear();
  BOOST_CHECK_THROW(fetch_dataset(adapter, config, quiet), ConfigError);
}

BOOST_AUTO_TEST_CASE(a_table_is_one_file_and_its_column_names_may_repeat) {
  Adapter adapter = load_adapter("compas");
  auto& remote = adapter.download.files.at(0);
  files["/" + remote.name] = "id,decile_score,decile_score,two_year_recid\n1,3,3,0\n";
  remote.bytes = files["/" + remote.name].size();
  remote.sha256 = sha256(files["/" + remote.name]);
  const auto quiet = [](const std::string&) {};
  fetch_dataset(adapter, config, quiet);
  BOOST_TEST(read_file(config.out / remote.name) == files["/" + remote.name]);
  fs::remove(config.out / remote.name);
  files["/" + remote.name] = "id,decile_score\n1,3\n";
  remote.bytes.reset();
  remote.sha256.clear();
  BOOST_CHECK_EXCEPTION(fetch_dataset(adapter, config, quiet), RemoteError, says({"not the table", "two_year_recid"}));
}

BOOST_AUTO_TEST_CASE(an_archive_without_the_image_folder_is_refused) {
  write_zip(folder / "other.zip", {{"readme.txt", "hello"}});
  files["/ISIC_2019_Training_Input.zip"] = read_file(folder / "other.zip");
  BOOST_CHECK_EXCEPTION(fetch(), DataError, says({"holds no folder ISIC_2019_Training_Input"}));
}

BOOST_AUTO_TEST_CASE(no_path_leaves_the_folder) {
  const fs::path target = folder / "target";
  const std::vector<Entry> evil = {{"../evil.txt", "x"},  {"a/../../evil.txt", "x"}, {"/tmp/flnas-evil.txt", "x"},
                                   {"..\\evil.txt", "x"}, {"C:/evil.txt", "x"},      {"link", "/etc", AE_IFLNK}};
  for (const Entry& entry : evil) {
    BOOST_TEST_CONTEXT(entry.name) {
      write_zip(folder / "evil.zip", {{"good.txt", "good"}, entry});
      BOOST_CHECK_EXCEPTION(unpack_zip(folder / "evil.zip", target), DataError, says({"evil.zip", "the entry '"}));
      BOOST_TEST(!fs::exists(target));
      BOOST_TEST(!fs::exists(folder / "evil.txt"));
      BOOST_TEST(!fs::exists("/tmp/flnas-evil.txt"));
    }
  }
  write_zip(folder / "twice.zip", {{"a.txt", "1"}, {"./a.txt", "2"}});
  BOOST_CHECK_EXCEPTION(unpack_zip(folder / "twice.zip", target), DataError, says({"appears twice"}));
  write_zip(folder / "none.zip", {});
  BOOST_CHECK_THROW(unpack_zip(folder / "none.zip", target), DataError);
}

BOOST_AUTO_TEST_CASE(a_damaged_archive_leaves_nothing_half_unpacked) {
  std::string bytes = read_file(folder / "images.zip");
  bytes.replace(bytes.find("second"), 6, "SECOND");  // its checksum is not right any more
  write_file(folder / "damaged.zip", bytes);
  BOOST_CHECK_THROW(unpack_zip(folder / "damaged.zip", folder / "target"), DataError);
  BOOST_TEST((!fs::exists(folder / "target") || fs::is_empty(folder / "target")));
}

BOOST_AUTO_TEST_SUITE_END()
