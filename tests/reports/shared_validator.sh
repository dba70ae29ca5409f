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
for file in "$@"; do
  "$validator" "$format" "$file"
  code=$?
  if [ $code -eq 2 ]; then
    echo "SKIPPED: the validator of $format cannot run here"
    exit 77
  fi
  [ $code -eq 0 ] || { echo "not valid: $file"; exit 1; }
done
