#!/bin/sh
# The province's administration: commands run as the hub's own user, with the settings of /etc/commune-hub/config.
set -eu
umask 077
base=/opt/commune-hub
if [ -r /etc/commune-hub/config ]; then
  set -a
  . /etc/commune-hub/config
  set +a
fi
: "${COMMUNE_HUB_FOLDER:=/var/lib/commune-hub}"
export COMMUNE_HUB_FOLDER
unset PYTHONPATH PYTHONHOME
if [ "$(id -u)" = 0 ] && [ "${COMMUNE_HUB_AS_ROOT:-}" != yes ]; then
  exec setpriv --reuid=commune-hub --regid=commune-hub --init-groups -- "$base/python" -s -X utf8 -m sync.hub.cli "$@"
fi
exec "$base/python" -s -X utf8 -m sync.hub.cli "$@"
