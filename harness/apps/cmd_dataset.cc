#include "harness/apps/commands.h"

namespace flnas::apps {

void add_dataset(CLI::App&, int&) {}

}  // namespace flnas::apps
