#!/usr/bin/env bash
# What the scripts of this folder share: what must be on the machine, and how to say so.
# Sourced, not run. Everything said goes to stderr, so that stdout belongs to the program.

say() { printf '%s\n' "$*" >&2; }

# EX_UNAVAILABLE of sysexits: something that only the reader can supply is not there.
refuse() {
    say "$1"
    exit 69
}

# The oldest toolchain that reads our Package.swift.
swift_major=6
swift_minor=2

# What the scripts build: the command with the service, its store, its client, and plugins.
# shellcheck disable=SC2034 # read by the scripts that source this
traits=Command,Server,Client,Plugins
# What that takes on Debian. libcurl is used by `calcburst call` alone, which opens it at run time.
# shellcheck disable=SC2034
build_packages=(
    ca-certificates git libc6-dev g++ libsqlite3-dev libcurl4-openssl-dev libffi-dev
)

# Refuses, with the mend, unless a new enough Swift toolchain is on PATH.
need_swift() {
    local where="Get a toolchain for your system from swift.org/install, put its usr/bin on PATH, and run this again."
    command -v swift >/dev/null 2>&1 \
        || refuse "CalcBurst is built with Swift, and no 'swift' is on PATH. $where"
    [[ $(swift --version 2>/dev/null) =~ 'Swift version '([0-9]+)\.([0-9]+) ]] \
        || refuse "'swift --version' on this machine names no version. $where"
    local major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]}
    if ((major < swift_major || (major == swift_major && minor < swift_minor))); then
        refuse "CalcBurst needs Swift $swift_major.$swift_minor or newer, and this is Swift $major.$minor. $where"
    fi
}

# Installs those of the named Debian packages that are missing; says nothing when none is.
need_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0 # not Debian: the build says what it misses
    local package missing=()
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed \
            || missing+=("$package")
    done
    ((${#missing[@]} > 0)) || return 0

    local as_root=(env)
    if ((EUID != 0)); then
        command -v sudo >/dev/null 2>&1 \
            || refuse "These packages are missing and only root may install them: apt-get install ${missing[*]}"
        as_root=(sudo env)
    fi
    say "Installing with apt-get: ${missing[*]}"
    local install=(
        "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300
        install --yes --no-install-recommends "${missing[@]}"
    )
    # The package lists of a fresh machine are empty or old: look again before giving up.
    "${install[@]}" </dev/null >/dev/null 2>&1 && return 0
    "${as_root[@]}" apt-get -qq update </dev/null >&2 || true
    "${install[@]}" </dev/null >&2 || refuse "apt-get could not install: ${missing[*]}"
}

# Installs the linker that Swift calls on Linux, where the distribution packs it by itself.
need_linker() {
    if command -v apt-cache >/dev/null 2>&1 && ! command -v ld.gold >/dev/null 2>&1; then
        need_packages binutils-gold
    fi
}
