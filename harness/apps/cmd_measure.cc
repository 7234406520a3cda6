#include "harness/apps/commands.h"

namespace flnas::apps {

void add_measure(CLI::App&, int&) {}

}  // namespace flnas::apps
