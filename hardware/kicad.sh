#!/usr/bin/env bash
# What KiCad says of the schematics (kicad-cli 8 or newer; on Debian 12: apt-get install -t bookworm-backports --no-install-recommends kicad).
#   kicad.sh check     electrical rules without a finding, bills of materials as committed
#   kicad.sh export    writes the bills of materials and the pictures anew
set -euo pipefail
cd "$(dirname "$0")"
case "${1:-}" in check | export) ;; *) echo "usage: hardware/kicad.sh check|export" >&2; exit 2 ;; esac
command -v kicad-cli >/dev/null || { echo "kicad-cli is not installed." >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

bill() {
  kicad-cli sch export bom --fields 'Reference,${QUANTITY},Value,Maker,MPN,Package,Note' --labels 'References,Quantity,Value,Maker,MPN,Package,Note' \
    --group-by 'Value,MPN,Note' --sort-field Reference --ref-range-delimiter '' --output "$2" "$1" >/dev/null
}

# The same picture in half of the bytes: a letter's strokes are one path, in hundredths of a millimetre; no date, so that it changes only with the schematic.
shorten() {
  perl -0777 -pi -e '
    s| date [0-9/]+ [0-9:]+ *</title>|</title>|;
    s|(<g class="stroked-text">.*?</g>)|my $g = $1; $g =~ s/\s*" \/>\s*<path d="/ /g; $g|gse;
    s|(<path [^>]*>)|my $p = $1; $p =~ s/(\d+\.\d\d)\d+/$1/g; $p =~ s/\s+/ /g; 1 while $p =~ s/L([\d.]+ [\d.]+) M\1 L/L$1 L/; $p|gse;
    s|\n(?=textLength\|text-anchor)| |g' "$1"
}

failed=0
for schematic in electronic/codec/codec electronic/slow/slow mechanical/plate/plate; do
  folder=$(dirname "$schematic")
  if ! kicad-cli sch erc --severity-all --exit-code-violations --output "$work/erc" "$schematic.kicad_sch" >/dev/null 2>&1; then
    cat "$work/erc" >&2
    failed=1
  fi

  bill "$schematic.kicad_sch" "$work/bom.csv"
  if [ "$1" = export ]; then
    cp "$work/bom.csv" "$folder/bom.csv"
    kicad-cli sch export svg --no-background-color --output "$folder" "$schematic.kicad_sch" >/dev/null
    shorten "$schematic.svg"
  elif ! diff -u "$folder/bom.csv" "$work/bom.csv"; then
    failed=1
  fi
done

[ "$failed" -eq 0 ] && echo "KiCad agrees with three schematics."
exit "$failed"
