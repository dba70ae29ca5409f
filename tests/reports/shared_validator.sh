#!/bin/sh
# Judges report files with the validators of a neighbouring folder, if it is there.
# usage: shared_validator.sh FOLDER FORMAT FILE...
# FOLDER is where validate.sh may be; ASSAY_SHARED names another. Exit 77: not here (CTest: skipped).
set -u
validator="${ASSAY_SHARED:-$1}/schemas/validate.sh"
format=$2
shift 2
if [ ! -x "$validator" ]; then
  echo "SKIPPED: no $validator, so no $format report was judged by an independent validator"
  exit 77
fi
# Two judges lie beside the validator: for SARIF the schema alone, and for annotations, which have no
# schema, a program that issues each line again and compares. They need the packages that the
# validator installs when it is asked for a format that it knows.
folder=$(dirname "$validator")
NPM_DIR=${ASSAY_VALIDATORS:-$HOME/.cache/assay-validators}
export NPM_DIR
installed() {
  [ -d "$NPM_DIR/node_modules" ] || "$validator" gitlab "$folder/gitlab/samples/valid.json" > /dev/null
}
annotations() {
  lines=$(node "$folder/gitlab/check-annotations.mjs" "$1") && return
  echo "$lines" | grep -v '^ok'
  return 1
}
judge() {
  case $1 in
    github) installed || return 2; annotations "$2" ;;
    sarif_schema) installed || return 2
      node "$folder/ajv-validate.mjs" draft04 "$folder/sarif/sarif-schema-2.1.0.json" "$2" ;;
    *) "$validator" "$1" "$2" ;;
  esac
}
for file in "$@"; do
  judge "$format" "$file"
  code=$?
  if [ $code -eq 2 ]; then
    echo "SKIPPED: the validator of $format cannot run here"
    exit 77
  fi
  [ $code -eq 0 ] || { echo "not valid: $file"; exit 1; }
done
