// The names of the files that records consist of; a data set's adapter is in datasets/adapters/adapter_files.h.
#pragma once

namespace flnas {

// In the folder of a run.
inline constexpr char kRunFile[] = "run.json";
inline constexpr char kPredictionsFile[] = "predictions.csv";
inline constexpr char kHistoryFile[] = "history.jsonl";
inline constexpr char kCheckpointFile[] = "checkpoint.pt";
inline constexpr char kWeightsFile[] = "model.pt";      ///< the trained network, as TorchScript
inline constexpr char kLatencyFile[] = "latency.json";  ///< of measurements
inline constexpr char kEstimateFile[] = "estimate.json";
inline constexpr char kRobustnessFile[] = "robustness.json";  ///< in a folder of its own, with its answers

// In the folder of a study.
inline constexpr char kReproductionFile[] = "reproduce.json";
inline constexpr char kSplitFile[] = "split.json";
inline constexpr char kStatisticsFile[] = "statistics.json";
inline constexpr char kQuestionsFile[] = "questions.json";

// In the folder of a search or a comparison of searches.
inline constexpr char kSearchFile[] = "search.json";
inline constexpr char kProxySearchFile[] = "proxy_search.json";
inline constexpr char kTransformerSearchFile[] = "transformer_search.json";  ///< schemas 1 and 2 of it
inline constexpr char kNasSearchFile[] = "nas_search.json";
inline constexpr char kComparisonFile[] = "comparison.json";
inline constexpr char kArchiveFile[] = "archive.jsonl";
inline constexpr char kLedgerFile[] = "ledger.jsonl";        ///< the cost of calls to a language model
inline constexpr char kExchangesFile[] = "exchanges.jsonl";  ///< recorded calls and replies

}  // namespace flnas
