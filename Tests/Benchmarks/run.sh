#!/usr/bin/env bash
# Measures CalcBurst beside muParser: Tests/Benchmarks/run.sh [--short] [ID...]
# Ends non-zero on a wrong result, never because of a time.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=deploy/needs.sh
source "$here/../../deploy/needs.sh"

need_swift
need_packages g++ libmuparser-dev
swift build --package-path "$here" --configuration release </dev/null >&2

options=()
if [[ ${1:-} == --short ]]; then
    options+=(--short)
    shift
fi
printf 'compiler: %s\n' "$(swift --version 2>/dev/null | head -n 1)"
"$here/.build/release/calcburst-bench" "${options[@]}" "$here/expressions.json" "$@"
printf 'again: Tests/Benchmarks/run.sh%s\n' "${options[*]:+ ${options[*]}}${*:+ $*}"
