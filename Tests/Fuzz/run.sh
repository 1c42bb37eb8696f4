#!/usr/bin/env bash
# Fuzzes the engine: Tests/Fuzz/run.sh [SECONDS] spends that long (60 by default) over all targets.
# What was found in earlier runs is kept in .build and used again; crashes land in .build/crashes.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=deploy/needs.sh
source "$here/../../deploy/needs.sh"

targets=(fuzz-text fuzz-grammar fuzz-json)
seconds=$((${1:-60} / ${#targets[@]}))
((seconds > 0)) || seconds=1

need_swift
# One -sanitize for both: given apart, the last one wins and coverage may be lost.
swift build --package-path "$here" --configuration release \
    --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library </dev/null >&2
python3 "$here/seeds.py" "$here/.build/seeds" >&2

# The backtracer would keep a crashed process, and its pipe, for minutes.
export SWIFT_BACKTRACE=enable=no
# Leaks are not looked for: pointers in enums carry tag bits, which the detector cannot follow.
export ASAN_OPTIONS=detect_leaks=0
crashes=$here/.build/crashes
mkdir -p "$crashes"

# Runs one target; says why when it fails.
fuzz() {
    local target=$1 log=$here/.build/$1.log corpus=$here/.build/corpus/$1
    local known=$here/Regressions/$target
    mkdir -p "$corpus"
    local options=(
        -rss_limit_mb=2048 -timeout=20 -max_len=4096 -detect_leaks=0
        -artifact_prefix="$crashes/$target-"
    )
    [[ $target == fuzz-text ]] && options+=(-dict="$here/text.dict")

    # Inputs that once crashed run first, each once.
    if [[ -d $known ]]; then
        find "$known" -type f -print0 \
            | xargs -0 "$here/.build/release/$target" "${options[@]}" >"$log" 2>&1 \
            || { tail -n 60 "$log"; return 1; }
    fi
    "$here/.build/release/$target" "${options[@]}" -max_total_time="$seconds" -print_final_stats=1 \
        "$corpus" "$here/.build/seeds/$target" >"$log" 2>&1 \
        || { tail -n 60 "$log"; return 1; }
    if grep -q 'Is the code instrumented?' "$log"; then
        printf '%s: built without coverage, so nothing was searched\n' "$target"
        return 1
    fi
    local runs
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    printf '%s: %s runs in %s s, no crash\n' "$target" "${runs:-0}" "$seconds"
    ((${runs:-0} >= 100)) || { printf '%s: too few runs to mean anything\n' "$target"; return 1; }
}

passed=0 failed=0
for target in "${targets[@]}"; do
    if fuzz "$target"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
