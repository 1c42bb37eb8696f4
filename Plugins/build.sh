#!/usr/bin/env bash
# Builds the sample plugins: Plugins/build.sh FOLDER [finance|stats|numtheory|text]...
# Makes all that this machine has a compiler for, and says which it leaves out and why.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if (($# == 0)); then
    printf 'usage: %s FOLDER [finance|stats|numtheory|text]...\n' "$0" >&2
    exit 64
fi
mkdir -p "$1"
out=$(cd "$1" && pwd -P)
shift

has() { command -v "$1" >/dev/null 2>&1; }
made() { printf '%s\n' "$out/$1"; }
skipped() { printf 'skipped: %s, since there is no %s here\n' "$1" "$2" >&2; }

strict=(-Wall -Wextra -pedantic -Werror -O2 -fPIC -shared "-I$here/include")

finance() {
    has "${CC:-cc}" || { skipped finance.so "C compiler (cc, or \$CC)" && return; }
    "${CC:-cc}" -std=c11 "${strict[@]}" -o "$out/finance.so" "$here/finance-c/finance.c" -lm
    made finance.so
}

stats() {
    has "${CXX:-c++}" || { skipped stats.so "C++ compiler (c++, or \$CXX)" && return; }
    "${CXX:-c++}" -std=c++17 "${strict[@]}" -fvisibility=hidden -fvisibility-inlines-hidden \
        -o "$out/stats.so" "$here/stats-cpp/stats.cpp"
    made stats.so
}

numtheory() {
    has rustc || { skipped numtheory.so "Rust compiler (rustc)" && return; }
    rustc --edition 2021 --crate-type cdylib -C opt-level=2 -C panic=abort -C strip=symbols -D warnings \
        -o "$out/numtheory.so" "$here/numtheory-rust/numtheory.rs"
    made numtheory.so
}

# The package is built in a folder of its own beside the others, so that the sources stay clean.
text() {
    has swift || { skipped text.so "Swift toolchain (swift)" && return; }
    local build=(swift build --package-path "$here/text-swift" --scratch-path "$out/text-build"
        -c release -Xswiftc -static-stdlib --product TextPlugin)
    "${build[@]}" </dev/null >&2
    # Renamed, never overwritten in place: a program may have the old one loaded.
    cp "$("${build[@]}" --show-bin-path)/libTextPlugin.so" "$out/text.so.new"
    mv "$out/text.so.new" "$out/text.so"
    made text.so
}

(($# > 0)) || set -- finance stats numtheory text
for sample in "$@"; do
    case $sample in
    finance | stats | numtheory | text) "$sample" ;;
    *)
        printf 'there is no sample %s\n' "$sample" >&2
        exit 64
        ;;
    esac
done
