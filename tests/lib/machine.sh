# shellcheck shell=bash
# What the tests and the lab need of the machine. Sourced, not run.

# knot, unbound, rbldnsd, postfix, dovecot, opendkim, spamd, rspamd, postgresql and chromium are what the tests run against; docker-compose reads
# docker-compose.yml; pdftotext and pdftoppm read our PDFs; dig and openssl are for people with the lab open.
packages=(
  ca-certificates tzdata openssl bind9-dnsutils
  knot unbound rbldnsd postfix dovecot-imapd dovecot-pop3d dovecot-lmtpd dovecot-sieve opendkim spamd rspamd nginx postgresql
  chromium-headless-shell fonts-dejavu-core docker-compose poppler-utils
)

die() {
  printf '%s\n' "$*" >&2
  exit 64
}

require_disposable_debian() {
  [ "$(id -u)" -eq 0 ] || die "$0: run this as root, on a Debian machine that you can throw away: it installs and starts mail, DNS and database servers (on loopback only)."
  command -v apt-get >/dev/null || die "$0: this needs a Debian machine (apt-get was not found)."
  command -v dotnet >/dev/null || die "$0: this needs the .NET 10 SDK; see https://dotnet.microsoft.com/download."
  refuse_foreign_mail_server
}

# A mail server of the tests or of the lab has its configuration in a folder of theirs; any other one is somebody's.
refuse_foreign_mail_server() {
  local program process
  # Postfix has an smtpd as well, but elsewhere: the one in /usr/sbin is OpenSMTPD's.
  for process in /proc/[0-9]*; do
    program=$(readlink "$process/exe" 2>/dev/null) || continue
    case $program in
      */postfix/sbin/master | */sbin/exim4 | */sbin/dovecot | /usr/sbin/smtpd | */sendmail-mta) ;;
      *) continue ;;
    esac
    if ! tr '\0' ' ' <"$process/cmdline" 2>/dev/null | grep -q '/maildashboard-'; then
      die "$0: a mail server runs here that the tests did not start ($program, process ${process#/proc/}). This is not a disposable machine; nothing was changed."
    fi
  done
  if listens_on_port_25; then
    die "$0: something listens on port 25. This is not a disposable machine; nothing was changed."
  fi
}

# 0019 is port 25, 0A is LISTEN. Test servers stand at 127.x.y.z (little-endian zzyyxx7F); a mail server that serves
# this machine is at 127.0.0.1 at least.
listens_on_port_25() {
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    awk '$2 ~ /:0019$/ && $4 == "0A" && ($2 !~ /^......7F:/ || $2 ~ /^0100007F:/) { found = 1 } END { exit !found }'
}

# Exim and Postfix exclude each other as installed packages: Exim's program is unpacked beside, its libraries are installed as usual.
exim=artifacts/exim
unpack_exim() {
  local libraries
  if ! [ -x "$exim/usr/sbin/exim4" ] || ldd "$exim/usr/sbin/exim4" | grep -q 'not found'; then
    mkdir -p "$exim"
    mapfile -t libraries < <(apt-cache depends exim4-daemon-light | sed -n 's/^ *Depends: \(lib[^ ]*\)$/\1/p')
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "${libraries[@]}" >/dev/null
    (cd "$exim" && apt-get -qq download exim4-daemon-light 2>/dev/null && dpkg -x exim4-daemon-light_*.deb . && rm exim4-daemon-light_*.deb)
  fi
  # Exim looks its user up before anything else.
  id -u Debian-exim >/dev/null 2>&1 ||
    useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin --user-group Debian-exim
}

install_what_is_missing() {
  install_packages
  unpack_exim
}

install_packages() {
  local package missing=()
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  if ! ldconfig -p | grep -q libicuuc; then
    missing+=("$(icu_package)")
  fi
  [ "${#missing[@]}" -gt 0 ] || return 0

  echo "Installing: ${missing[*]}"
  refuse_to_start_services
  export DEBIAN_FRONTEND=noninteractive
  # Postfix asks what kind of site this is; the tests bring every line of its configuration.
  echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
  apt-get -qq -o DPkg::Lock::Timeout=120 update
  apt-get -qq -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "${missing[@]}" >/dev/null
  allow_services_again
}

# .NET formats French with ICU; its package is named after its version.
icu_package() {
  apt-cache search --names-only '^libicu[0-9]+$' | sort -V | tail -n 1 | cut -d ' ' -f 1
}

# Debian starts a daemon as soon as it is installed, unless this file says no (status 101). The tests start their own.
policy=/usr/sbin/policy-rc.d
refuse_to_start_services() {
  [ ! -e "$policy" ] || mv "$policy" "$policy.maildashboard"
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap allow_services_again EXIT
}

allow_services_again() {
  rm -f "$policy"
  [ ! -e "$policy.maildashboard" ] || mv "$policy.maildashboard" "$policy"
  trap - EXIT
}
