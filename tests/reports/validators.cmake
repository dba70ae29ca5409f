# Reports judged by programs that this project did not write. What is not installed is skipped, and
# says so: exit 77. One at a time (validator), for those of others set themselves up at the first use.
if(NOT TARGET test_reports)
  return()
endif()
add_executable(write_report_samples reports/write_samples.cpp)
target_link_libraries(write_report_samples PRIVATE reports)
set(samples "${CMAKE_CURRENT_BINARY_DIR}/report_samples")
add_test(NAME report_samples COMMAND write_report_samples "${samples}")
set_tests_properties(report_samples PROPERTIES FIXTURES_SETUP report_samples)

find_program(ASSAY_PYTHON3 python3)
if(ASSAY_PYTHON3)
  add_test(NAME reports_json_schema
    COMMAND "${ASSAY_PYTHON3}" "${CMAKE_CURRENT_SOURCE_DIR}/reports/check_json.py"
      "${PROJECT_SOURCE_DIR}/docs/report.schema.json"
      "${samples}/rich/report.json" "${samples}/empty/report.json" "${samples}/gated/report.json")
  set_tests_properties(reports_json_schema PROPERTIES
    FIXTURES_REQUIRED report_samples SKIP_RETURN_CODE 77
    RESOURCE_LOCK validator)
endif()

foreach(format html xlsx)
  add_test(NAME reports_${format}_valid
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/reports/shared_validator.sh"
      "${PROJECT_SOURCE_DIR}/../shared" ${format}
      "${samples}/rich/report.${format}" "${samples}/empty/report.${format}"
      "${samples}/gated/report.${format}")
  set_tests_properties(reports_${format}_valid PROPERTIES
    FIXTURES_REQUIRED report_samples SKIP_RETURN_CODE 77
    RESOURCE_LOCK validator)
endforeach()

# The SARIF Multitool reads no more than 10 MB, the schema is applied to 30,000 results.
foreach(judged "sarif:rich/report.sarif;empty/report.sarif;gated/report.sarif;some/report.sarif"
    "sarif_schema:many/report.sarif")
  string(REGEX MATCH "^[^:]*" format "${judged}")
  string(REGEX REPLACE "^[^:]*:" "" files "${judged}")
  list(TRANSFORM files PREPEND "${samples}/")
  add_test(NAME reports_${format}_valid
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/reports/shared_validator.sh"
      "${PROJECT_SOURCE_DIR}/../shared" ${format} ${files})
  set_tests_properties(reports_${format}_valid PROPERTIES
    FIXTURES_REQUIRED report_samples SKIP_RETURN_CODE 77
    RESOURCE_LOCK validator)
endforeach()

foreach(judged junit:report.junit.xml csv:report.csv
    gitlab:gl-code-quality-report.json github:report.github.txt)
  string(REPLACE ":" ";" judged "${judged}")
  list(GET judged 0 format)
  list(GET judged 1 file)
  add_test(NAME reports_${format}_valid
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/reports/shared_validator.sh"
      "${PROJECT_SOURCE_DIR}/../shared" ${format}
      "${samples}/rich/${file}" "${samples}/empty/${file}" "${samples}/gated/${file}"
      "${samples}/many/${file}")
  set_tests_properties(reports_${format}_valid PROPERTIES
    FIXTURES_REQUIRED report_samples SKIP_RETURN_CODE 77
    RESOURCE_LOCK validator)
endforeach()

if(ASSAY_PYTHON3)
  add_test(NAME reports_markdown_renders
    COMMAND "${ASSAY_PYTHON3}" "${CMAKE_CURRENT_SOURCE_DIR}/reports/check_markdown.py"
      "${samples}/rich/report.md" "${samples}/empty/report.md" "${samples}/gated/report.md"
      "${samples}/many/report.md")
  set_tests_properties(reports_markdown_renders PROPERTIES
    FIXTURES_REQUIRED report_samples SKIP_RETURN_CODE 77
    RESOURCE_LOCK validator)
endif()
