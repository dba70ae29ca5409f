#!/bin/sh
# openssl-conf-hook.sh FILE…: fails if a rule fails because of what stands in one of these OpenSSL
# configuration files. A hook for pre-commit, quick and offline: no service of a module is tried.
# Needs assay and jq. Other findings are not of this hook: assay check tells them.
set -u
bad=0
for file in "$@"; do
  path=$(realpath -- "$file") || exit 2
  report=$(assay check --config none --openssl-conf "$path" --passive --quiet --exit-zero --format json) || exit 2
  found=$(printf '%s' "$report" | jq -r --arg path "$path" --arg file "$file" '
    .findings[] | select(.result == "fail")
    | select((.message | startswith($path + ":")) or any(.evidence[]; .locator | startswith($path + ":")))
    | "\($file)\(.message | if startswith($path) then ltrimstr($path) else ": \(.)" end)\n    rule: \(.rule) for \(.subject)\n    do: \(.remedy)"') || exit 2
  [ -z "$found" ] || { printf '%s\n' "$found"; bad=1; }
done
exit $bad
