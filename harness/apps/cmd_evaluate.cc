#include "harness/apps/commands.h"

namespace flnas::apps {

void add_evaluate(CLI::App&, int&) {}

}  // namespace flnas::apps
