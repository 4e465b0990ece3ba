#!/usr/bin/env bash
# Installs what a new Debian machine lacks, builds once, runs every test.
# The last line is "N passed, N failed[, N skipped]"; the status is 0 when nothing failed.
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

# stage NAME SECONDS COMMAND…: runs it within its time, its output only if it fails.
stage() {
  local name=$1 seconds=$2 log started=$SECONDS
  shift 2
  log=$results/$(tr -c 'a-zA-Z0-9\n' '-' <<<"$name").log
  if timeout --kill-after=10 "$seconds" "$@" >"$log" 2>&1; then
    echo "$name: done in $((SECONDS - started)) s"
    return 0
  fi
  echo "$name: FAILED after $((SECONDS - started)) s"
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

# tests PROJECT SECONDS: runs the test program and adds what it counted.
tests() {
  local project=$1 seconds=$2 report status bad
  report=$results/$project.xml
  rm -f "$report"
  # Half of a test with real servers is waiting: one more at a time than there are processors.
  timeout --kill-after=20 "$seconds" "tests/$project/bin/$configuration/net10.0/$project" \
    -noLogo -noColor -maxThreads "$(($(nproc) + 1))" -longRunning 60 -result-xml "$report"
  status=$?
  if [ ! -s "$report" ]; then
    echo "$project ended with status $status and without a result."
    failed=$((failed + 1))
    return
  fi
  bad=$(($(attribute "$report" failed) + $(attribute "$report" errors)))
  [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  passed=$((passed + $(attribute "$report" passed)))
  failed=$((failed + bad))
  skipped=$((skipped + $(attribute "$report" skipped)))
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
stage "Packages" 900 bash -c '. tests/lib/machine.sh; set -e; install_what_is_missing' || { failed=1; finish; }
stage "Restore" 600 dotnet restore MailDashboard.sln -v q || { failed=1; finish; }
stage "Build" 1500 dotnet build MailDashboard.sln -c "$configuration" --no-restore -m:2 -v q || { failed=1; finish; }
check "Tools" 120 dotnet tool restore
migrations Postgres
migrations Sqlite
tests MailDashboard.Tests 600
tests MailDashboard.IntegrationTests 3000
check "Lab goes up, lists an address and goes down" 300 bash -c '
  trap "tests/lab.sh down" EXIT
  tests/lab.sh up && tests/lab.sh list 127.0.1.10 && tests/lab.sh mail && tests/lab.sh status'
finish
