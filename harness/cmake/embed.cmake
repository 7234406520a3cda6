# Writes HEADER and SOURCE with the text of FILES in them (see flnas_resources).
file(WRITE ${HEADER} "// Generated from the files of ${NAMESPACE}.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flnas::${NAMESPACE} {
std::optional<std::string_view> resource(std::string_view name);
std::vector<std::string> resource_names();
}  // namespace flnas::${NAMESPACE}
")
set(rows "")
foreach(file ${FILES})
  file(RELATIVE_PATH name ${ROOT} ${file})
  file(READ ${file} text)
  string(LENGTH "${text}" length)
  set(literal "")
  set(at 0)
  # Compilers bound the length of one literal; adjacent ones are joined.
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND literal "\n    R\"~~(${piece})~~\"")
    math(EXPR at "${at} + 8000")
  endwhile()
  if(length EQUAL 0)
    set(literal " \"\"")
  endif()
  string(APPEND rows "    {\"${name}\",${literal}},\n")
endforeach()
file(WRITE ${SOURCE} "#include \"resources/${NAMESPACE}.h\"

namespace flnas::${NAMESPACE} {
namespace {
struct Resource {
  std::string_view name;
  std::string_view text;
};
constexpr Resource kResources[] = {
${rows}};
}  // namespace

std::optional<std::string_view> resource(std::string_view name) {
  for (const auto& [known, text] : kResources) {
    if (known == name) return text;
  }
  return std::nullopt;
}

std::vector<std::string> resource_names() {
  std::vector<std::string> names;
  for (const auto& [known, text] : kResources) names.emplace_back(known);
  return names;
}
}  // namespace flnas::${NAMESPACE}
")
