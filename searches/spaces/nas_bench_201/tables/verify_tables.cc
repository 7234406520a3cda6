#include "searches/spaces/nas_bench_201/tables/verify_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "datasets/images/cache_folder.h"
#include "harness/records/files.h"
#include "harness/records/nas_search.h"
#include "harness/verification/check.h"
#include "searches/spaces/nas_bench_201/predicted_ranks.h"
#include "searches/spaces/nas_bench_201/scoring.h"
#include "searches/spaces/nas_bench_201/tables/table_problems.h"
#include "searches/spaces/nas_bench_201/tables/table_store.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

constexpr char kRule[] = "tables";

/// One record beside its tables.
class TableCheck {
 public:
  TableCheck(Check& check, const NasSearchRecord& record, const NasTable& table)
      : check_(check),
        record_(record),
        table_(table),
        connected_(connected_cells(table)),
        niches_(convolution_partition()) {}

  void pairs() const {
    for (std::size_t i = 0; i < record_.pairs.size(); ++i) {
      const std::string where = fmt::format("pairs[{}]", i);
      check_.guarded(kNasSearchFile, kRule, [&] { pair(record_.pairs[i], where); });
    }
  }

  void predictors(const std::vector<PredictedRanks>& ranks) const {
    const auto& recorded = record_.predictors;
    if (ranks.size() != recorded.size()) {
      return check_.fail(kNasSearchFile, "predictors", kRule,
                         fmt::format("{} predictors, but ranks of {}", recorded.size(), ranks.size()));
    }
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      check_.guarded(kNasSearchFile, kRule,
                     [&] { predictor(recorded[i], ranks[i], fmt::format("predictors[{}]", i)); });
    }
  }

 private:
  void pair(const NasPair& recorded, const std::string& where) const {
    const NasSearchView view = table_.search_view(recorded.dataset);
    const CellProblem problem = make_problem(table_, connected_, view, recorded.device, record_.cost);
    const Scorer scorer = make_scorer(problem, table_.scores(recorded.dataset), view, niches_);
    NasPair computed = scorer.describe();
    for (const NasPoint& point : recorded.points) {
      if (point.cell < 0 || !std::binary_search(problem.candidates.begin(), problem.candidates.end(), point.cell)) {
        check_.fail(kNasSearchFile, where + ".points", kRule,
                    fmt::format("cell {} is no candidate of the tables", point.cell));
        computed.points.push_back(point);
      } else {
        computed.points.push_back(scorer.point(static_cast<Candidate>(point.cell)));
      }
    }
    NasPair alone = recorded;
    alone.searches.clear();
    check_.same(kNasSearchFile, where, kRule, record_to_json(alone), record_to_json(computed));
  }

  void predictor(const NasPredictor& recorded, const PredictedRanks& ranks, const std::string& where) const {
    const NasSearchView view = table_.search_view(ranks.dataset);
    NasPredictor computed =
        score_predictor(predictions_of(ranks, view), view, table_.scores(ranks.dataset), connected_, ranks.seed);
    computed.features = recorded.features;
    computed.seconds = recorded.seconds;
    check_.same(kNasSearchFile, where, kRule, record_to_json(recorded), record_to_json(computed));
  }

  Check& check_;
  const NasSearchRecord& record_;
  const NasTable& table_;
  std::vector<Candidate> connected_;
  Partition niches_;
};

/// The tables, where they are at hand; says in the verification why not.
std::optional<NasTable> tables_of(Check& check, const NasSearchRecord& record, const fs::path& given) {
  const fs::path folder = given.empty() ? fs::path(record.raw->tables) : given;
  const auto skip = [&](const std::string& why) {
    check.skip(kNasSearchFile,
               why + ": points, true fronts and predictors were not compared with the tables; give --tables DIR");
    return std::nullopt;
  };
  if (!fs::is_directory(folder)) return skip(fmt::format("its tables, {}, are not here", folder.string()));
  NasTable table = NasTable::open(folder, cache_folder());
  if (table.sha256() != record.table.sha256) return skip(fmt::format("{} holds other tables", folder.string()));
  return table;
}

/// The record's searches are those of the files that they were appended to.
void check_raw_searches(Check& check, const NasSearchRecord& record) {
  for (std::size_t i = 0; i < record.pairs.size(); ++i) {
    const NasPair& pair = record.pairs[i];
    const std::string file = fmt::format("searches/{}-{}.jsonl", pair.dataset, pair.device);
    check.guarded(file, "searches", [&] {
      const StoredNasSearches raw = read_nas_searches(check.folder() / file);
      for (std::size_t k = 0; k < pair.searches.size(); ++k) {
        const NasSearchResult& search = pair.searches[k];
        const auto found = raw.searches.find({search.strategy, search.seed});
        const Json computed = found == raw.searches.end() ? Json(nullptr) : record_to_json(found->second);
        check.same(kNasSearchFile, fmt::format("pairs[{}].searches[{}]", i, k), "searches", record_to_json(search),
                   computed);
      }
    });
  }
}

}  // namespace

void verify_nas_tables(Check& check, const std::string&, const VerifyRequest& request) {
  const NasSearchRecord record = read_nas_search(check.folder() / kNasSearchFile);
  if (!record.raw)
    return check.skip(kNasSearchFile, "does not say where its tables were: it was not compared with them");
  for (const auto& [name, expected] : record.raw->files) check.hash(name, expected, kNasSearchFile);
  check_raw_searches(check, record);
  const auto table = tables_of(check, record, request.tables);
  if (!table) return;
  const TableCheck compared(check, record, *table);
  compared.pairs();
  if (record.predictors.empty()) return;
  check.guarded(kRanksFile, kRule, [&] { compared.predictors(read_ranks(check.folder() / kRanksFile)); });
}

}  // namespace flnas::searches
