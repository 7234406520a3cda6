#pragma once

#include "harness/records/files.h"
#include "harness/records/record.h"

namespace flnas {

struct ProfileInfo {
  std::string name;
  bool comparable = false;  // with the paper's Table I
  std::string note;
  Json settings = Json::object();

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("comparable", self.comparable), visit("note", self.note);
    visit("settings", self.settings);
  }
};

struct ReproductionData {
  std::string adapter;
  std::string name;
  std::string fingerprint;
  bool synthetic = false;
  std::int64_t images = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("adapter", self.adapter), visit("name", self.name), visit("fingerprint", self.fingerprint);
    visit("synthetic", self.synthetic), visit("images", self.images);
  }
};

struct SplitInfo {
  std::string file = kSplitFile;  // relative to the reproduction
  std::string sha256;
  SubsetSizes images;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("file", self.file), visit("sha256", self.sha256), visit("images", self.images);
  }
};

/// reproduce.json: the request of one `flnas reproduce --out OUT`, and the folders that it wrote.
struct Reproduction {
  int schema = kRunSchema;
  std::string command;
  std::string started;
  std::optional<std::string> finished;  // null: it was interrupted
  ProfileInfo profile;
  std::vector<std::string> narrowed;  // "--models search1,search2"
  std::string task;
  std::string protocol;
  std::optional<std::int64_t> folds;  // of protocol crossfit
  std::vector<std::uint64_t> seeds;
  std::vector<std::string> models;
  ReproductionData data;
  SplitInfo split;
  Json environment = Json::object();
  std::vector<std::string> runs;      // folders relative to the reproduction
  std::vector<std::string> hardware;  // the same
  // The same, with crossfit: records of kind "pooled", one for each model and seed, and the constant predictor's.
  std::optional<std::vector<std::string>> pooled;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("schema", self.schema), visit("command", self.command), visit("started", self.started);
    visit("finished", self.finished), visit("profile", self.profile), visit("narrowed", self.narrowed);
    visit("task", self.task), visit("protocol", self.protocol), visit("folds", self.folds);
    visit("seeds", self.seeds);
    visit("models", self.models), visit("data", self.data), visit("split", self.split);
    visit("environment", self.environment), visit("runs", self.runs), visit("hardware", self.hardware);
    visit("pooled", self.pooled);
  }
};

/// Writes and reads OUT/reproduce.json; the same digest and errors as run.json.
void write_reproduction(const std::filesystem::path& out, const Reproduction& reproduction);
Reproduction read_reproduction(const std::filesystem::path& out);

/// A record with the folder that holds its other files.
template <class Record>
struct Stored {
  std::filesystem::path folder;
  Record record;
};

/// All records in a reproduction's folder.
struct Store {
  /// Throws DataError if reproduce.json or a record cannot be read. A listed folder without run.json (the reproduction
  /// was interrupted) is in `missing`.
  static Store open(const std::filesystem::path& out);

  /// Whose figures count: the pooled records of crossfit, else the runs.
  const std::vector<Stored<RunRecord>>& results() const { return reproduction.pooled ? pooled : runs; }

  std::filesystem::path out;
  Reproduction reproduction;
  std::vector<Stored<RunRecord>> runs;    // in the order of reproduce.json
  std::vector<Stored<RunRecord>> pooled;  // the same
  std::vector<Stored<HardwareRecord>> hardware;
  std::vector<std::string> missing;
};

/// `folder` and the folders below it that hold a file of that name, sorted.
std::vector<std::filesystem::path> folders_with(const std::string& file, const std::filesystem::path& folder);

}  // namespace flnas
