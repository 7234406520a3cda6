#include "harness/apps/commands.h"

namespace flnas::apps {

void add_reproduce(CLI::App&, int&) {}

}  // namespace flnas::apps
