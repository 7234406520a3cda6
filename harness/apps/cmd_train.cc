#include "harness/apps/commands.h"

namespace flnas::apps {

void add_train(CLI::App&, int&) {}

}  // namespace flnas::apps
