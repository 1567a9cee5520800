#!/bin/sh
# Keeps every page of the lines of a published run in a folder, and reads none twice: what
# has not changed since the last time is not sent again.
#
#   PORTAL_URL=https://… PORTAL_TOKEN=bpt_… sh published_lines.sh RUN FOLDER
set -eu
page="$PORTAL_URL/api/v1/runs/$1/lines/"
number=1
while [ -n "$page" ]; do
  file="$2/lines-$number.json"
  # The token goes in by standard input, so that a list of processes does not show it.
  printf 'header = "Authorization: Bearer %s"\n' "$PORTAL_TOKEN" |
    curl --config - --silent --show-error --fail \
      --etag-compare "$file.etag" --etag-save "$file.etag" --output "$file" "$page"
  page=$(sed -n 's/.*"next": *"\([^"]*\)".*/\1/p' "$file")
  number=$((number + 1))
done
echo "$((number - 1)) pages are in $2"
