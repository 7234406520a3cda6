#include "tests/parsers/parsers.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>

#include "datasets/adapters/adapter.h"
#include "datasets/fetch/unpack.h"
#include "datasets/images/codecs.h"
#include "datasets/nas/nas_sheet.h"
#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/text.h"
#include "harness/jobs/slurm.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/weights/safetensors.h"
#include "harness/nn/weights/state_pickle.h"
#include "harness/records/record.h"
#include "harness/records/store.h"
#include "searches/core/archive.h"
#include "searches/llm/chat/completions.h"

namespace flnas::test {
namespace {

namespace fs = std::filesystem;

/// A folder that goes with the process.
struct Folder {
  Folder() { fs::create_directories(path); }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  fs::path path = fs::temp_directory_path() / fmt::format("flnas-parsers-{}", ::getpid());
};

const fs::path& folder() {
  static const Folder made;
  return made.path;
}

/// The bytes as a file, for parsers that read files.
fs::path file_of(std::string_view bytes, const char* name) {
  const fs::path file = folder() / name;
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

void read_csv(std::string_view bytes) {
  const Csv csv = Csv::parse(bytes, "x.csv");
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    if (csv.header().size() != 1 + csv.column(csv.header().back())) throw std::logic_error("the last column is last");
    static_cast<void>(csv.at(row, csv.header().size() - 1));
  }
}

template <class Decode>
void read_picture(std::string_view bytes, Decode&& decode) {
  // What a header may promise is tested in tests/datasets/images; here it would only take time.
  static Picture picture;
  try {
    decode(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), picture);
  } catch (const Undecodable& why) {
    throw DataError(why.reason);
  }
  const auto size = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3;
  if (picture.pixels.size() != size || size == 0) throw std::logic_error("a picture has the pixels of its size");
}

void read_jpeg(std::string_view bytes) {
  read_picture(bytes, [](auto data, Picture& picture) { decode_jpeg(data, 64, picture); });
}

void read_png(std::string_view bytes) {
  read_picture(bytes, [](auto data, Picture& picture) { decode_png(data, picture); });
}

void read_adapter(std::string_view bytes) { parse_adapter(parse_json(bytes, "x.json"), "x.json"); }

void read_architecture(std::string_view bytes) {
  const nn::Architecture read = nn::parse_architecture(parse_json(bytes, "x.json"), "x.json");
  const Json written = nn::to_json(read);
  if (nn::to_json(nn::parse_architecture(written, "y.json")) != written)
    throw std::logic_error("it reads its own text");
}

void read_completion(std::string_view bytes) {
  const std::string body(bytes);
  if (const auto status = searches::status_inside(body); status && (*status < 400 || *status > 599)) {
    throw std::logic_error("a status of an error");
  }
  searches::CompletionForm form;
  while (searches::adapt(form, body)) {
  }
  const std::string said = searches::error_text(body);
  if (one_line(said, 1000) != said) throw std::logic_error("an error is one line");
  if (!is_utf8(searches::parse_completion(body, "server").text)) throw std::logic_error("a reply is UTF-8");
}

void read_nas_table(std::string_view bytes) {
  const NasSheet sheet(file_of(bytes, "x.csv"), std::nullopt);
  for (std::size_t column = 0; column < sheet.csv().header().size(); ++column) {
    for (const NasKind kind : {NasKind::kAccuracy, NasKind::kLatency, NasKind::kProxy}) {
      try {
        sheet.values(column, kind);
      } catch (const DataError&) {
        // Not of that kind.
      }
    }
  }
}

void read_record(std::string_view bytes) {
  file_of(bytes, "run.json");
  file_of(bytes, "reproduce.json");
  try {
    read_run(folder());
  } catch (const DataError&) {
    // Another kind.
  }
  try {
    read_hardware(folder());
  } catch (const DataError&) {
  }
  const Reproduction read = read_reproduction(folder());
  if (record_to_json(record_from_json<Reproduction>(record_to_json(read), "x")) != record_to_json(read)) {
    throw std::logic_error("it reads its own text");
  }
}

void read_archive(std::string_view bytes) { searches::read_history(file_of(bytes, "archive.jsonl")); }

/// Every value of every tensor lies within the file.
void read_safetensors(std::string_view bytes) {
  for (const nn::StoredTensor& tensor : nn::parse_safetensors(bytes, "x.safetensors")) {
    const auto end = static_cast<std::uint64_t>(tensor.offset) + static_cast<std::uint64_t>(tensor.bytes);
    if (tensor.offset < 0 || tensor.bytes < 0 || end > bytes.size()) throw std::logic_error("values are in the file");
  }
}

void read_state_pickle(std::string_view bytes) {
  for (const nn::StoredTensor& tensor : nn::parse_state_pickle(bytes, "x.pt")) {
    nn::require_inside_storage(tensor, "x.pt");
  }
}

void read_slurm_options(std::string_view bytes) {
  std::size_t length = 0;
  for (const std::string& word : split_options(bytes)) length += word.size();
  if (length > bytes.size()) throw std::logic_error("words are not longer than what they are of");
}

void read_zip(std::string_view bytes) {
  const fs::path out = folder() / "out/inner";
  const fs::path archive = file_of(bytes, "x.zip");
  const auto clean = [&] { fs::remove_all(folder() / "out"); };
  try {
    unpack_zip(archive, out);
  } catch (const Error&) {
    clean();
    throw;
  }
  for (const auto& entry : fs::recursive_directory_iterator(folder() / "out")) {
    if (entry.is_symlink()) throw std::logic_error("no link is unpacked");
  }
  clean();
}

}  // namespace

const std::vector<Parser>& parsers() {
  static const std::vector<Parser> all = {{"csv", read_csv},
                                          {"jpeg", read_jpeg},
                                          {"png", read_png},
                                          {"adapter", read_adapter},
                                          {"architecture", read_architecture},
                                          {"completion", read_completion},
                                          {"nas_table", read_nas_table},
                                          {"record", read_record},
                                          {"archive", read_archive},
                                          {"safetensors", read_safetensors},
                                          {"state_pickle", read_state_pickle},
                                          {"slurm_options", read_slurm_options},
                                          {"zip", read_zip}};
  return all;
}

void check_parser(const Parser& parser, std::string_view bytes) {
  try {
    parser.read(bytes);
  } catch (const Error& error) {
    const std::string text = error.what();
    if (text.empty() || !is_utf8(text) || text.find('\n') != text.npos) {
      throw std::logic_error(fmt::format("{}: a refusal is one line of UTF-8, not '{}'", parser.name, text));
    }
  }
}

}  // namespace flnas::test
