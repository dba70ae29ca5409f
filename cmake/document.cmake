# cmake -DPROGRAM=… -DWHAT=… -DFILE=… -P document.cmake: `PROGRAM document WHAT` into FILE, or nothing.
get_filename_component(folder "${FILE}" DIRECTORY)
file(MAKE_DIRECTORY "${folder}")
execute_process(COMMAND "${PROGRAM}" document "${WHAT}"
  OUTPUT_FILE "${FILE}.part" RESULT_VARIABLE code)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} document ${WHAT}: exit code ${code}")
endif()
file(RENAME "${FILE}.part" "${FILE}")
