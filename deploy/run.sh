#!/usr/bin/env bash
# Builds CalcBurst where needed and runs it: ./deploy/run.sh '2 + 3 * 4' prints 14.
# Without arguments it serves the JSON API on 127.0.0.1:8080; ./deploy/run.sh repl is a conversation.
# Only the program writes to stdout.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=deploy/needs.sh
source "$root/deploy/needs.sh"

binary=$root/.build/release/calcburst
# As old as the start of the last build that succeeded: whatever is newer is not in the binary.
stamp=$root/.build/run.stamp

is_built() {
    [[ -x $binary && -e $stamp ]] || return 1
    # Folders count too: removing a file touches only its folder.
    [[ -z $(find "$root/Package.swift" "$root/Sources" -newer "$stamp" -print -quit) ]]
}

build() {
    need_swift
    need_packages "${build_packages[@]}"
    need_linker
    mkdir -p "$root/.build"
    local started=$root/.build/run.stamp.$$
    touch "$started"
    trap 'rm -f "$root/.build/run.stamp.$$"' EXIT

    local options=(
        --package-path "$root" --configuration release --product calcburst --traits "$traits"
    )
    # One file that starts fast and needs no toolchain, where the toolchain has the static library.
    local library
    library=$(swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
    [[ $(uname -s) == Linux && -d ${library}_static ]] && options+=(--static-swift-stdlib)

    say "Building calcburst (several minutes, once) ..."
    if [[ -t 2 ]]; then
        swift build "${options[@]}" </dev/null >&2
    else
        local log=$root/.build/run.log
        swift build "${options[@]}" </dev/null >"$log" 2>&1 || {
            cat "$log" >&2
            return 1
        }
    fi
    mv -f "$started" "$stamp"
    trap - EXIT
}

is_built || build
(($# > 0)) || set -- serve
exec "$binary" "$@"
