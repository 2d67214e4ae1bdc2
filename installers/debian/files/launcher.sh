#!/bin/sh
# Starts the newest version of "Một cửa cấp xã" that comes up on this PC.
#   commune-counter          the technician's commands
#   commune-counter-window   the program
# Versions lie in two folders: what the installer brought, and the user's own with what came since. A version is left
# for good when it did not come up twice (five times if it ever had); "starting" counts, the program itself clears it.
set -u
base=${COMMUNE_COUNTER_BASE:-/opt/commune-counter}
own=${COMMUNE_COUNTER_PROGRAM:-${XDG_DATA_HOME:-$HOME/.local/share}/commune-counter/program}
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONWARNINGS

pick() {
  chosen= zip= python= anyway= anyway_zip= anyway_python=
  for file in "$own/current" "$base/current" "$own/previous" "$base/previous"; do
    app= runtime=
    [ -r "$file" ] && read -r app runtime <"$file"
    case $app in app-*.zip) ;; *) continue ;; esac
    case $app$runtime in */*) continue ;; esac
    [ -x "$base/$runtime/bin/python3" ] || continue
    if [ -f "$base/$app" ]; then at=$base/$app; elif [ -f "$own/$app" ]; then at=$own/$app; else continue; fi
    [ -n "$anyway" ] || { anyway=$app anyway_zip=$at anyway_python=$base/$runtime/bin/python3; }
    grep -qxF "$app" "$own/refused" 2>/dev/null && continue
    if [ "$(printf '%s\n%s\n' "$chosen" "$app" | sort -V | tail -n 1)" = "$app" ] && [ "$app" != "$chosen" ]; then
      chosen=$app zip=$at python=$base/$runtime/bin/python3
    fi
  done
  # Every version was refused: the one named first is still better than none.
  [ -n "$chosen" ] || { chosen=$anyway zip=$anyway_zip python=$anyway_python; }
  if [ -z "$chosen" ]; then
    echo "commune-counter: không có bản nào chạy được trong $base; cài lại. (No usable version; install again.)" >&2
    exit 4
  fi
}

pick
export COMMUNE_COUNTER_BASE="$base" COMMUNE_COUNTER_PROGRAM="$own"
case ${0##*/} in
  *-window) ;;
  *) exec "$python" -s -X utf8 "$zip" cli "$@" ;;
esac

mkdir -p "$own" && chmod 700 "$own"
most=2
grep -qxF "$chosen" "$own/proven" 2>/dev/null && most=5
failed=$(grep -cxF "$chosen" "$own/starting" 2>/dev/null)
if [ "${failed:-0}" -ge "$most" ]; then
  echo "$chosen" >>"$own/refused"
  rm -f "$own/starting"
  sync "$own/refused" "$own"
  pick
fi
echo "$chosen" >>"$own/starting"
sync "$own/starting" "$own"
"$python" -s -X utf8 "$zip" "$@"
code=$?
# 0 ended as asked, 2 usage, 4 said in words why it cannot start here: none of these is the version's fault.
case $code in 0 | 2 | 4) rm -f "$own/starting" ;; esac
exit $code
