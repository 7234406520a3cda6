// Is smaller fairer in every domain? Every trained network of every domain as a point.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include "reports/figures/figures.h"
#include "reports/figures/script.h"

namespace flnas::reports {
namespace {

constexpr int kWidth = 860, kHeight = 420;
constexpr const char* kColours[] = {kBlue, kVermilion, kGreen, kPurple, kAmber};

/// Of one domain, from the question's evidence.
struct Domain {
  std::string name;
  std::vector<const Evidence*> networks;
  const Evidence* slope = nullptr;
  const Evidence* fair = nullptr;
};

std::vector<Domain> domains_of(const QuestionAnswer& answer) {
  std::vector<Domain> domains;
  for (const Evidence& each : answer.evidence) {
    if (each.against.empty() || !each.value) continue;
    auto found = std::ranges::find(domains, each.against, &Domain::name);
    if (found == domains.end()) found = domains.insert(found, Domain{.name = each.against});
    if (each.of == "parameter") {
      found->networks.push_back(&each);
    } else if (each.subject == "fair network") {
      found->fair = &each;
    } else {
      found->slope = &each;
    }
  }
  std::erase_if(domains, [](const Domain& domain) { return domain.networks.empty(); });
  return domains;
}

double parameters(const Evidence& network) { return static_cast<double>(network.n); }

/// The line of least squares of a domain, through its points' mean.
std::vector<std::vector<double>> line_of(const Domain& domain) {
  double x = 0, y = 0, least = HUGE_VAL, most = 0;
  const auto n = static_cast<double>(domain.networks.size());
  for (const Evidence* network : domain.networks) {
    x += std::log10(parameters(*network)) / n, y += *network->value / n;
    least = std::min(least, parameters(*network)), most = std::max(most, parameters(*network));
  }
  const auto at = [&](double size) { return y + *domain.slope->value * (std::log10(size) - x); };
  return {{least, at(least)}, {most, at(most)}};
}

/// Above this percentile of fair networks the domain's Unfairness is more than chance: over its own sizes.
std::vector<std::vector<double>> chance_of(const Domain& domain) {
  double least = HUGE_VAL, most = 0;
  for (const Evidence* network : domain.networks) {
    least = std::min(least, parameters(*network)), most = std::max(most, parameters(*network));
  }
  return {{least, *domain.fair->low, *domain.fair->high}, {most, *domain.fair->low, *domain.fair->high}};
}

void add_domain(Script& script, const Domain& domain, std::size_t index, std::vector<std::string>& plots) {
  const char* colour = kColours[index % std::size(kColours)];
  const auto name = [&](const char* what) { return fmt::format("{}{}", what, index); };
  if (domain.fair != nullptr && domain.fair->low && domain.fair->high) {
    script.data(name("chance"), chance_of(domain));
    plots.push_back(
        fmt::format("${} using 1:2:3 with filledcurves linecolor rgb '{}' fillstyle transparent solid 0.12 "
                    "notitle",
                    name("chance"), colour));
  }
  if (domain.slope != nullptr) {
    script.data(name("line"), line_of(domain));
    plots.push_back(fmt::format("${} using 1:2 with lines linewidth 1.2 dashtype 2 linecolor rgb '{}' notitle",
                                name("line"), colour));
  }
  std::vector<std::vector<double>> rows;
  for (const Evidence* network : domain.networks) {
    rows.push_back({parameters(*network), *network->value, network->low.value_or(*network->value),
                    network->high.value_or(*network->value)});
  }
  script.data(name("networks"), rows);
  plots.push_back(fmt::format("${} using 1:2:3:4 with yerrorbars pointtype 0 linecolor rgb '{}' notitle",
                              name("networks"), colour));
  plots.push_back(points(name("networks"), kShapes[index % std::size(kShapes)].filled, 1.1, colour, domain.name));
}

}  // namespace

std::optional<Figure> domains_figure(const ReportInputs& inputs) {
  if (!inputs.questions) return std::nullopt;
  const auto& answers = inputs.questions->record.answers;
  const auto answer = std::ranges::find(answers, kDomains, &QuestionAnswer::question);
  if (answer == answers.end()) return std::nullopt;
  const auto domains = domains_of(*answer);
  if (domains.size() < 2) return std::nullopt;
  double low = HUGE_VAL, high = 0, top = 0;
  for (const Domain& domain : domains) {
    for (const Evidence* network : domain.networks) {
      low = std::min(low, parameters(*network) / 2), high = std::max(high, parameters(*network) * 2);
      top = std::max(top, 1.08 * network->high.value_or(*network->value));
    }
    if (domain.fair != nullptr) top = std::max(top, 1.08 * domain.fair->high.value_or(0));
  }
  Script script(kWidth, kHeight);
  script.margins(70, 24, 44, 64);
  script.line("set logscale x");
  script.line(fmt::format("set xrange [{}:{}]", Script::number(low), Script::number(high)));
  script.line(fmt::format("set yrange [0:{}]", Script::number(top)));
  script.line("set xtics (" + log_ticks(low, high) + ")");
  script.axis_title("x", "Parameters as trained (logarithmic)");
  script.axis_title("y", "Unfairness, sum over groups");
  script.key();
  std::vector<std::string> plots;
  for (std::size_t i = 0; i < domains.size(); ++i) add_domain(script, domains[i], i, plots);
  script.plot(plots);
  return Figure{
      .id = "size_unfairness_domains",
      .title = "Unfairness against size, by domain",
      .caption =
          "Every trained network of each domain, the mean of its trainings; intervals where it has several. "
          "Shaded: where 90 % of perfectly fair networks lie by sampling alone, with the groups of the domain. "
          "Dashed: least squares in each domain; slopes with their intervals are in the answer above. Domains "
          "have different groups, so that their heights are not to be compared, but their slopes' signs.",
      .alternative =
          "Scatter plot of unfairness over the number of parameters, a colour for each domain; numbers in the "
          "table of evidence.",
      .script = script.text()};
}

}  // namespace flnas::reports
