#include "harness/apps/commands.h"

namespace flnas::apps {

void add_metrics(CLI::App&, int&) {}

}  // namespace flnas::apps
