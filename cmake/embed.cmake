# assay_embed(TARGET NAMESPACE FILE...)
# Builds data files into TARGET. `NAMESPACE::embedded()`, which the layer declares in its own
# embedded.h, gives them as base::Resource, named by their path below the current source folder (or
# the current binary folder for files that are made during the build).
function(assay_embed target namespace)
  set(assembly "\t.section .rodata\n")
  set(declarations "")
  set(entries "")
  set(index 0)
  set(paths "")
  string(REPLACE "::" "_" flat "${namespace}")
  foreach(file IN LISTS ARGN)
    if(IS_ABSOLUTE "${file}")
      set(path "${file}")
      file(RELATIVE_PATH name "${CMAKE_CURRENT_BINARY_DIR}" "${file}")
    else()
      set(path "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
      set(name "${file}")
    endif()
    set(symbol "assay_${flat}_${index}")
    string(APPEND assembly
      "\t.balign 16\n\t.globl ${symbol}\n\t.globl ${symbol}_end\n${symbol}:\n"
      "\t.incbin \"${path}\"\n${symbol}_end:\n\t.byte 0\n")
    string(APPEND declarations "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
    string(APPEND entries "      {\"${name}\", {${symbol}, ${symbol}_end}},\n")
    list(APPEND paths "${path}")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND assembly "\t.section .note.GNU-stack,\"\",@progbits\n")
  set(base "${CMAKE_CURRENT_BINARY_DIR}/${flat}_embedded")
  file(CONFIGURE OUTPUT "${base}.S" CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT "${base}.cpp" CONTENT
"#include <span>

#include \"evidence/base/resource.h\"

extern \"C\" {
${declarations}}

namespace ${namespace} {
std::span<const base::Resource> embedded() {
  static const base::Resource kResources[] = {
${entries}  };
  return kResources;
}
}  // namespace ${namespace}
" @ONLY)
  set_source_files_properties("${base}.S" PROPERTIES OBJECT_DEPENDS "${paths}")
  target_sources(${target} PRIVATE "${base}.S" "${base}.cpp")
endfunction()
