#include "harness/apps/commands.h"

namespace flnas::apps {

void add_verify(CLI::App&, int&) {}

}  // namespace flnas::apps
