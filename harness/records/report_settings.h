#pragma once

#include "harness/records/store.h"

namespace flnas {

/// The profile's name where runs were trained one by one.
inline constexpr char kNoProfile[] = "none";

/// How a study's report is headed. Kept in ProfileInfo::settings under "report"; studies of earlier versions have none
/// and stand beside the paper's Table I.
struct ReportSettings {
  std::string title;  ///< blank: the report's own
  bool paper = true;  ///< false: a study of one's own, without the paper's rows, values and claims

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
