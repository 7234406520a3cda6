#include "harness/apps/commands.h"

namespace flnas::apps {

void add_models(CLI::App&, int&) {}

}  // namespace flnas::apps
