#!/usr/bin/env bash
# Installs what the tests need and runs every check of the project: one line for each that is green,
# the whole output of each that is red. The last line is the count; the exit status is 0 when all is green.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root"
# shellcheck source=deploy/needs.sh
source deploy/needs.sh

logs=$root/.build/checks
export PYTHONDONTWRITEBYTECODE=1
# A crash under test is a result to read, not a terminal to take over.
export SWIFT_BACKTRACE=interactive=no,color=no

# MARK: What the checks need

python_packages() {
    local venv=$root/.build-venv wanted=Tests/requirements.txt
    if ! cmp -s "$wanted" "$venv/installed.txt"; then
        say "Installing with pip: $(grep -v '^#' "$wanted" | tr '\n' ' ')"
        python3 -m venv --clear "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" >&2
        cp "$wanted" "$venv/installed.txt"
    fi
    PATH=$venv/bin:$PATH
}

# MARK: The checks

swift_sources() {
    find . -name '.build*' -prune -o -name '*.swift' -print0
}

format() { swift_sources | xargs -0 swift format lint --strict; }

build() {
    swift build --build-tests --traits "$traits" --explicit-target-dependency-import-check error
}

tests() {
    local events=$logs/events.json
    rm -f "$events"
    swift test --skip-build --traits "$traits" --disable-xctest --parallel \
        --event-stream-output-path "$events"
    python3 Tests/Lints/skips.py "$events"
}

# A build without the service has the command and no more.
command_alone() {
    swift build --traits Command --scratch-path .build-command --product calcburst
    local answer status=0
    answer=$(.build-command/debug/calcburst '2 + 3 * 4')
    [[ $answer == 14 ]]
    .build-command/debug/calcburst serve 2>&1 || status=$?
    ((status == 64))
}

# The benchmarks depend on the library with its traits off, which must fetch nothing.
bench() {
    Tests/Benchmarks/run.sh --short
    local fetched
    fetched=$(find Tests/Benchmarks/.build/checkouts -mindepth 1 -maxdepth 1 2>/dev/null || true)
    [[ -z $fetched ]] || {
        say "The library without its traits fetched: $fetched"
        return 1
    }
}

# The committed expectations are those that their generators make today.
corpus() {
    python3 Tests/Corpus/oracle/make.py --check
    python3 Tests/Corpus/numbers/generate.py hard | diff - Tests/Corpus/numbers/hard.tsv
    python3 Tests/Corpus/json/generate.py texts | diff - Tests/Corpus/json/texts.tsv
    printf 'the corpus is what its oracles make\n'
}

shell() { shellcheck -x deploy/*.sh Plugins/*.sh Tests/*/*.sh .ci/run; }

# MARK: Running them

passed=0
failed=()
green=true

# Runs a check, with its output in a log, whose last line says what was seen; `green` tells how it ended.
#
# Never call this in a condition or before `||`: Bash then ignores `set -e` in everything below, and a
# function would go on after a command of it failed.
check() {
    local title=$1 log=$logs/$1.log started=$SECONDS
    shift
    set +e
    (
        set -e
        "$@"
    ) </dev/null >"$log" 2>&1
    local status=$?
    set -e
    local seconds=$((SECONDS - started))
    if ((status == 0)); then
        green=true
        passed=$((passed + 1))
        printf 'ok    %-14s %4d s   %s\n' "$title" "$seconds" "$(tail -n 1 "$log" | cut -c 1-120)"
    else
        green=false
        failed+=("$title")
        printf 'RED   %-14s %4d s   status %d; all it said:\n' "$title" "$seconds" "$status"
        sed 's/^/      /' "$log"
    fi
}

# The runner of the checks is checked: a function that fails in the middle must be red.
fails_in_the_middle() {
    false
    true
}
mkdir -p "$logs"
check self-test fails_in_the_middle >/dev/null
$green && refuse "deploy/test.sh does not notice failures: nothing it says can be trusted"
failed=()

need_swift
need_packages "${build_packages[@]}" python3 python3-venv libmuparser-dev libgsl-dev binutils shellcheck tmux wrk curl
need_linker
python_packages

check lints python3 Tests/Lints/test_lints.py
check shell shell
check format format
check imports python3 Tests/Lints/imports.py
check traps python3 Tests/Lints/traps.py
check texts python3 Tests/Lints/texts.py
check corpus corpus

check build build
if $green; then
    check conversions python3 Tests/Lints/conversions.py
    check tests tests
    grep -h 'Test run with' "$logs/tests.log" || true
    check command command_alone
    check exchanges python3 Tests/Faults/exchanges.py
    check same-answers python3 Tests/Faults/same_answers.py
    check one-answer python3 Tests/Faults/one_answer.py
    check schema python3 Tests/Faults/schema.py
    check hardening python3 Tests/Faults/hardening.py
    check slow-clients python3 Tests/Faults/slow_clients.py
    check durability python3 Tests/Faults/durability.py --rounds 20
    check unsynced python3 Tests/Faults/durability.py --shim --rounds 20
    check faults python3 Tests/Faults/faults.py
    check plugins python3 Tests/Faults/plugins.py
    check readme python3 Tests/Lints/readme.py
    check bench bench
    check service-bench python3 Tests/Benchmarks/service.py --short \
        ".build-readme/calc burst/.build/release/calcburst"
    check startup python3 Tests/Benchmarks/startup.py --short ".build-readme/calc burst/.build/release/calcburst"
    check fuzz Tests/Fuzz/run.sh 60
else
    say "Nothing is tested, since the build failed."
fi

printf 'Checks that are red: %s\n' "${failed[*]:-none}"
printf '%d passed, %d failed\n' "$passed" "${#failed[@]}"
((${#failed[@]} == 0))
