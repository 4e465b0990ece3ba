#!/usr/bin/env bash
# A small world of mail domains on this machine, for trying the product by hand without the internet.
#   tests/lab.sh up|down|status       starts it and prints what to type; stops it; prints it again
#   tests/lab.sh list|delist SUBJECT  puts an address or a domain on the lab's blocklist, takes it off
#   tests/lab.sh mail                 prints the e-mail that arrived
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tests/lib/machine.sh
. tests/lib/machine.sh

folder=/tmp/maildashboard-lab
program=tests/MailDashboard.Lab/bin/Debug/net10.0/MailDashboard.Lab

# The recorded process, provided that it still is the lab.
lab_process() {
  local id
  id=$(cat "$folder/pid" 2>/dev/null) || return 1
  [ -r "/proc/$id/cmdline" ] || return 1
  tr '\0' ' ' <"/proc/$id/cmdline" | grep -q 'MailDashboard.Lab ' || return 1
  echo "$id"
}

up() {
  if lab_process >/dev/null; then
    cat "$folder/guide.txt"
    return
  fi
  require_disposable_debian
  install_what_is_missing
  echo "Building …" >&2
  UseSharedCompilation=false MSBUILDDISABLENODEREUSE=1 dotnet build tests/MailDashboard.Lab -c Debug -v q -nologo >&2
  mkdir -p "$folder/data"
  rm -f "$folder/guide.txt"
  # A session of its own, so that the lab outlives this shell and its Ctrl-C.
  setsid "$program" "$folder" </dev/null >"$folder/log" 2>&1 &
  echo "$!" >"$folder/pid"
  local tries=0
  until [ -e "$folder/guide.txt" ]; do
    if ! kill -0 "$!" 2>/dev/null || [ "$((tries += 1))" -gt 600 ]; then
      cat "$folder/log" >&2
      down >/dev/null
      die "The lab did not start."
    fi
    sleep 0.1
  done
  cat "$folder/guide.txt"
}

down() {
  local id tries=0
  if ! id=$(lab_process); then
    echo "The lab is not up."
    return
  fi
  kill "$id"
  while kill -0 "$id" 2>/dev/null; do
    if [ "$((tries += 1))" -eq 300 ]; then
      # Its servers hang on it and end with it, however it ends.
      kill -KILL "$id" 2>/dev/null || true
    fi
    sleep 0.1
  done
  rm -f "$folder/pid" "$folder/guide.txt"
  echo "The lab is down. $folder/data, with what a dashboard stored there, is left for the next time."
}

status() {
  if lab_process >/dev/null; then
    cat "$folder/guide.txt"
  else
    echo "The lab is not up: tests/lab.sh up"
    return 1
  fi
}

ask() {
  lab_process >/dev/null || die "The lab is not up: tests/lab.sh up"
  exec 3<>/dev/tcp/127.0.0.1/5304
  echo "$*" >&3
  cat <&3
}

case "${1-} $#" in
  "up 1" | "down 1" | "status 1") "$1" ;;
  "mail 1" | "list 2" | "delist 2") ask "$@" ;;
  *) die "Usage: tests/lab.sh up|down|status|mail, or tests/lab.sh list|delist ADDRESS|DOMAIN" ;;
esac
