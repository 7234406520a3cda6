#pragma once

#include "harness/records/store.h"

namespace flnas {

/// The profile's name where runs were trained one by one.
inline constexpr char kNoProfile[] = "none";

/// Title and kind of a study's report, kept in ProfileInfo::settings under "report". Studies of earlier versions have
/// none and are compared with the paper's Table I.
struct ReportSettings {
  std::string title;  ///< blank: the report's own
  bool paper = true;  ///< false: a study that is not of the paper: without its rows, values and claims

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("title", self.title), visit("paper", self.paper);
  }
};

inline ReportSettings report_settings(const Reproduction& study) {
  const auto found = study.profile.settings.find("report");
  return found == study.profile.settings.end() ? ReportSettings{}
                                               : record_from_json<ReportSettings>(*found, "reproduce.json: report");
}

inline void set_report_settings(Reproduction& study, const ReportSettings& settings) {
  study.profile.settings["report"] = record_to_json(settings);
}

}  // namespace flnas
