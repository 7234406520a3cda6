#include "searches/spaces/cnn/choices_schema.h"

#include <utility>

namespace flnas::searches {
Json choices_schema(const Choices& choices) {
  Json head = properties_of(choices.head);
  head["hidden"] = list_of(one_of(choices.width), choices.least_hidden, choices.most_hidden);
  return object_of(
      {{"stages", list_of(object_of(properties_of(choices.stage)), choices.least_stages, choices.most_stages)},
       {"head", object_of(std::move(head))}});
}

}  // namespace flnas::searches
