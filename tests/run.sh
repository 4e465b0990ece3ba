#!/usr/bin/env bash
# Installs what a new Debian machine lacks, builds once, runs every test.
# The last line is "N passed, N failed[, N skipped]"; the status is 0 when nothing failed. What failed is told once more above it.
# A test with real servers that failed beside others is looked at a second time, alone: a machine that is busy elsewhere may
# make a server late. If it passes, it counts as passed and is told by name, for somebody to mend it.
#   CONFIGURATION=Release tests/run.sh    builds Release instead of Debug
set -uo pipefail
cd "$(dirname "$0")/.." || exit 64
exec </dev/null
# shellcheck source=tests/lib/machine.sh
. tests/lib/machine.sh

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
# A compiler server would outlive this script.
export UseSharedCompilation=false
# Without a network the packages' audit takes minutes to give up, and what it says is no result of the tests.
export NuGetAudit=false
configuration=${CONFIGURATION:-Debug}
results=artifacts/tests
passed=0 failed=0 skipped=0
told=$results/failures.txt
# More than that is no accident.
most_again=4

# stage NAME SECONDS COMMAND…: runs it within its time, its output only if it fails.
stage() {
  local name=$1 seconds=$2 log started=$SECONDS
  shift 2
  log=$results/$(tr -c 'a-zA-Z0-9\n' '-' <<<"$name").log
  if timeout --kill-after=10 "$seconds" "$@" >"$log" 2>&1; then
    echo "$name: done in $((SECONDS - started)) s"
    return 0
  fi
  echo "$name: FAILED after $((SECONDS - started)) s" | tee -a "$told"
  tail -n 60 "$log"
  return 1
}

# A stage that is a test by itself.
check() {
  if stage "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
}

finish() {
  [ ! -s "$told" ] || cat "$told"
  local line="$passed passed, $failed failed"
  [ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
  echo "$line"
  [ "$failed" -eq 0 ]
  exit
}

# attribute FILE NAME: the sum over the file's assemblies.
attribute() {
  sed -n 's/.*<assembly \([^>]*\)>.*/\1/p' "$1" | sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

# failures FILE: each failed test's name, what it said, and the line of ours where.
failures() {
  awk 'BEGIN { RS = "<test " }
    function between(from, to,  rest) {
      if (!index($0, from)) return ""
      rest = substr($0, index($0, from) + length(from))
      return substr(rest, 1, index(rest, to) - 1)
    }
    / result="Fail"/ {
      text = "Failed: " between(" name=\"", "\"") "\n  " substr(between("<message>", "</message>"), 1, 1000)
      trace = between("<stack-trace>", "</stack-trace>")
      for (lines = 0; lines < 4 && match(trace, /tests\/MailDashboard[^\n]*/); lines++) {
        text = text "\n  " substr(trace, RSTART, RLENGTH)
        trace = substr(trace, RSTART + RLENGTH)
      }
      gsub(/\\?&quot;/, "\"", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&#x[AD];/, "\n  ", text); gsub(/&amp;/, "\\&", text)
      print text
    }' "$1"
}

# failed_methods FILE: the methods behind them, each once.
failed_methods() {
  awk 'BEGIN { RS = "<test " }
    / result="Fail"/ && match($0, / type="[^"]*" method="[^"]*"/) {
      split(substr($0, RSTART, RLENGTH), part, "\"")
      print part[2] "." part[4]
    }' "$1" | sort -u
}

# execute PROJECT SECONDS REPORT OPTION…: runs the test program.
execute() {
  local project=$1 seconds=$2 report=$3
  shift 3
  rm -f "$report"
  timeout --kill-after=20 "$seconds" "tests/$project/bin/$configuration/net10.0/$project" \
    -noLogo -noColor -longRunning 60 -result-xml "$report" "$@"
}

# passes_alone PROJECT REPORT: what failed there passes when nothing runs beside it.
passes_alone() {
  local project=$1 report=$results/$1-again.xml method
  local -a methods options=()
  mapfile -t methods < <(failed_methods "$2")
  [ "${#methods[@]}" -gt 0 ] && [ "${#methods[@]}" -le "$most_again" ] && [ "$(attribute "$2" errors)" -eq 0 ] || return
  for method in "${methods[@]}"; do
    options+=(-method "$method")
  done
  echo "Once more, alone: ${methods[*]}"
  execute "$project" 900 "$report" -maxThreads 1 "${options[@]}" && [ -s "$report" ] &&
    [ "$(attribute "$report" passed)" -ge "${#methods[@]}" ]
}

# tests PROJECT SECONDS [again]: runs the test program and adds what it counted.
tests() {
  local project=$1 seconds=$2 report=$results/$1.xml status bad
  # Half of a test with real servers is waiting: one more at a time than there are processors.
  execute "$project" "$seconds" "$report" -maxThreads "$(($(nproc) + 1))"
  status=$?
  if [ ! -s "$report" ]; then
    echo "$project ended with status $status and without a result." | tee -a "$told"
    failed=$((failed + 1))
    return
  fi
  bad=$(($(attribute "$report" failed) + $(attribute "$report" errors)))
  failures "$report" >>"$told"
  passed=$((passed + $(attribute "$report" passed)))
  skipped=$((skipped + $(attribute "$report" skipped)))
  if [ "$bad" -gt 0 ] && [ "${3:-}" = again ] && passes_alone "$project" "$report"; then
    echo "These passed alone. They depend on what runs beside them: mend them." | tee -a "$told"
    passed=$((passed + bad))
    return
  fi
  [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  failed=$((failed + bad))
}

# The migrations of a provider say what the model says.
migrations() {
  grep -rqs --include='*.cs' IDesignTimeDbContextFactory "migrations/$1" || return 0
  check "Migrations are complete ($1)" 300 dotnet ef migrations has-pending-model-changes \
    --project "migrations/$1" --startup-project "migrations/$1" --configuration "$configuration" --no-build
}

require_disposable_debian
! tests/lab.sh status >/dev/null 2>&1 || die "The lab is up and holds addresses that the tests need: tests/lab.sh down"
mkdir -p "$results"
rm -f "$told"
stage "Packages" 900 bash -c '. tests/lib/machine.sh; set -e; install_what_is_missing' || { failed=1; finish; }
stage "Restore" 600 dotnet restore MailDashboard.sln -v q || { failed=1; finish; }
stage "Build" 1500 dotnet build MailDashboard.sln -c "$configuration" --no-restore -m:2 -v q || { failed=1; finish; }
check "Tools" 120 dotnet tool restore
migrations Postgres
migrations Sqlite
tests MailDashboard.Tests 600
tests MailDashboard.IntegrationTests 3000 again
check "Lab goes up, lists an address and goes down" 300 bash -c '
  trap "tests/lab.sh down" EXIT
  tests/lab.sh up && tests/lab.sh list 127.0.1.10 && tests/lab.sh mail && tests/lab.sh status'
finish
