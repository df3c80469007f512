#!/bin/sh
# Check every example draft, each with the options beside it, and say how many were checked.
set -u
cd "$(dirname "$0")" || exit 2

count=0
for draft in *.txt; do
    options=${draft%.txt}.options
    set --
    [ -f "$options" ] && eval "set -- $(cat "$options")"
    printf '\n%s: forethought check %s%s\n\n' "${draft%.txt}" "$(cat "$options" 2>/dev/null) " "$draft"
    forethought check "$@" "$draft"
    [ $? -le 1 ] || exit 2
    count=$((count + 1))
done
printf '\n%s drafts were checked.\n' "$count"
