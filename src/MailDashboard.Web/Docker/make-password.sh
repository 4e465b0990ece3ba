#!/bin/sh
# Makes the database's password at the first start: there is no default, and nobody has to think of one.
#   make-password.sh FOLDER DATABASE-OWNER APP-OWNER
# Writes FOLDER/password for the database and FOLDER/pgpass for the application; a second run changes nothing.
set -eu
umask 077
cd "$1"
if [ ! -s password ]; then
  # Whole or not at all: a start that was cut short must not leave half a password behind.
  head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >password.new
  mv password.new password
fi
printf 'postgres:5432:maildashboard:maildashboard:%s\n' "$(cat password)" >pgpass.new
chown "$2" password
chown "$3" pgpass.new
mv pgpass.new pgpass
