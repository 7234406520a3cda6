#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/record.h"

namespace flnas {

// The result of a search on tables for one data set and device: a part of NasSearchRecord (nas_search.h).

/// One cell with the figures that final fronts are scored by and searches do not see.
struct NasPoint {
  std::int64_t cell = 0;                  ///< NAS-Bench-201's index
  int niche = 0;                          ///< index into NasSearchRecord::niches
  double accuracy = 0;                    ///< test, percent, after the longest schedule
  double latency_ms = 0;                  ///< of the table's device
  std::optional<double> energy_mj;        ///< null: the table has none for this device
  std::optional<double> search_accuracy;  ///< what the search saw: validation after the shortest schedule, percent

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("cell", self.cell), visit("niche", self.niche), visit("accuracy", self.accuracy);
    visit("latency_ms", self.latency_ms), visit("energy_mj", self.energy_mj);
    visit("search_accuracy", self.search_accuracy);
  }
};

/// The course of a search: figures of the front that it would have returned after each number of evaluations.
struct NasCurve {
  std::vector<std::int64_t> evaluations;  ///< ascending; what the predictor was trained on is counted
  std::vector<double> hypervolume;        ///< normalised, as NasSearchResult::hypervolume
  std::vector<double> igd;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("evaluations", self.evaluations), visit("hypervolume", self.hypervolume), visit("igd", self.igd);
  }
};

/// Which parts of the space a search covered. Vectors have one entry per niche, or per tenth of the candidates by cost,
/// cheapest first.
struct NasCoverage {
  std::vector<std::int64_t> niche_evaluated;
  std::vector<std::int64_t> niche_front;     ///< of the final front
  std::vector<std::int64_t> cost_evaluated;  ///< by tenths of the candidates, ordered by the pair's cost

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("niche_evaluated", self.niche_evaluated), visit("niche_front", self.niche_front);
    visit("cost_evaluated", self.cost_evaluated);
  }
};

/// The calls of a search to a language model, or to what answered in its place.
struct NasChatUse {
  std::int64_t calls = 0;            ///< answered, recorded replies included
  std::int64_t knowledge_calls = 0;  ///< of these, those that updated a knowledge base
  std::int64_t retries = 0;          ///< proposal calls after the first one of a niche and generation
  std::int64_t prompt_tokens = 0, completion_tokens = 0;
  double waiting_seconds = 0;
  /// Candidates that were asked for, and those of the first reply to each call that were valid, new and of the niche.
  /// Empty in earlier versions.
  std::optional<std::int64_t> wanted, valid_first;
  /// "json": replies were asked for with a schema, "text": without; empty in earlier versions.
  std::optional<std::string> format;
  std::vector<std::string> sources;  ///< who answered: hosts, "file", or "scripted" (no model at all)
  std::vector<std::string> models;   ///< as the servers name them

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("calls", self.calls), visit("knowledge_calls", self.knowledge_calls), visit("retries", self.retries);
    visit("prompt_tokens", self.prompt_tokens), visit("completion_tokens", self.completion_tokens);
    visit("waiting_seconds", self.waiting_seconds), visit("wanted", self.wanted);
    visit("valid_first", self.valid_first), visit("format", self.format), visit("sources", self.sources);
    visit("models", self.models);
  }
};

/// One strategy on one pair with one seed.
struct NasSearchResult {
  std::string strategy;  ///< name of a NasStrategy
  std::uint64_t seed = 0;
  std::string status = kPassed;  ///< passed, or failed with a reason
  std::string reason;
  std::int64_t evaluations = 0;             ///< distinct valid cells; what the predictor was trained on is counted
  std::int64_t proposals = 0;               ///< all proposals
  std::int64_t repeated = 0;                ///< of these, cells that had been evaluated before
  std::int64_t invalid = 0;                 ///< illegal, of another niche, or unreadable
  double seconds = 0;                       ///< of the search itself, without training the predictor and scoring
  std::optional<double> hypervolume;        ///< of the final front, normalised, reference as in the record
  std::optional<double> hypervolume_share;  ///< of the true front's
  std::optional<double> igd;                ///< to the true front, in normalised objectives
  std::vector<std::int64_t> front;          ///< cells chosen by the figures that the search saw, cheapest first
  NasCurve curve;
  NasCoverage coverage;
  std::optional<NasChatUse> chat;  ///< null: nobody was asked

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("strategy", self.strategy), visit("seed", self.seed), visit("status", self.status);
    visit("reason", self.reason), visit("evaluations", self.evaluations), visit("proposals", self.proposals);
    visit("repeated", self.repeated), visit("invalid", self.invalid), visit("seconds", self.seconds);
    visit("hypervolume", self.hypervolume), visit("hypervolume_share", self.hypervolume_share);
    visit("igd", self.igd), visit("front", self.front), visit("curve", self.curve);
    visit("coverage", self.coverage), visit("chat", self.chat);
  }
};

/// A data set and a device.
struct NasPair {
  std::string dataset;
  std::string device;
  std::int64_t candidates = 0;       ///< cells that a search may find
  std::int64_t unmeasurable = 0;     ///< cells that the device has no figure for
  std::int64_t disconnected = 0;     ///< cells whose output does not depend on the image
  std::vector<double> low, high;     ///< of the candidates' objectives: cost, test error in percent
  std::vector<NasPoint> true_front;  ///< of all candidates, cheapest first
  double true_hypervolume = 0;       ///< normalised
  std::vector<NasPoint> points;      ///< every cell of a final front, by cell
  std::vector<NasSearchResult> searches;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("dataset", self.dataset), visit("device", self.device), visit("candidates", self.candidates);
    visit("unmeasurable", self.unmeasurable), visit("disconnected", self.disconnected), visit("low", self.low);
    visit("high", self.high), visit("true_front", self.true_front);
    visit("true_hypervolume", self.true_hypervolume), visit("points", self.points);
    visit("searches", self.searches);
  }
};

}  // namespace flnas
