#include "harness/apps/commands.h"

namespace flnas::apps {

void add_report(CLI::App&, int&) {}

}  // namespace flnas::apps
