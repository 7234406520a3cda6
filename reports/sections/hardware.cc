#include "reports/data/own_study.h"
#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

void add_hardware(const ReportInputs& inputs, Section& section) {
  auto parameters = parameters_figure(inputs);
  auto memory = memory_figure(inputs);
  auto latency = latency_figure(inputs);
  if (!parameters && !latency) return;
  if (beside_paper(inputs)) {
    section.blocks.emplace_back(Paragraph{
        "The numbers stand in " + reference("table1") +
        "(b). They are taken at the paper's geometry, two classes and 224x224 pixels, whatever the profile trained at. "
        "Memory is counted at the allocator. Latency marked host is this machine's: it says how the models relate to "
        "each other, and nothing about an A10 or a Raspberry Pi 4; what is marked estimated is a model of these, not a "
        "measurement."});
  } else if (!inputs.hardware.empty()) {
    section.blocks.emplace_back(Paragraph{"The numbers stand in " + reference("table1") + ". They are taken at " +
                                          own_geometry(inputs) +
                                          ", whatever size was trained at. Memory is counted at the "
                                          "allocator. Latency marked host is this machine's."});
  }
  if (parameters) section.blocks.emplace_back(std::move(*parameters));
  if (memory) section.blocks.emplace_back(std::move(*memory));
  if (!inputs.hardware.empty()) section.blocks.emplace_back(latency_table(inputs));
  if (latency) section.blocks.emplace_back(std::move(*latency));
}

}  // namespace flnas::reports
