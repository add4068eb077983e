#!/usr/bin/env bash
# The main job from an installed program, outside the checkout: main_job.sh ANNOTATOR FOLDER
set -euo pipefail
annotator=$1
folder=$2
mkdir -p "$folder"
cd "$folder"
cat >harbour.txt <<'TEXT'
Harbour wall will hold, says port

By Ida Vennemark

The port authority said the harbour wall was “good for another forty years”. Divers found two cracks last spring.

“We looked at every stone,” said Oskar Lindqvale, the harbour master, “and we sleep well.”
TEXT
"$annotator" --version
"$annotator" new harbour.annot
id=$("$annotator" import harbour.annot harbour.txt | cut -d' ' -f1)
"$annotator" list harbour.annot articles --json | grep -q '"words"'
"$annotator" search harbour.annot cracks | grep -q cracks
"$annotator" report harbour.annot report.docx --article "$id"
"$annotator" check harbour.annot
"$annotator" backup harbour.annot copy.annot --clean
"$annotator" check copy.annot
test -s report.docx
printf '\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06' >bad.txt
if "$annotator" import harbour.annot bad.txt 2>error.txt; then
    echo "a file that is not text was imported"
    exit 1
fi
test "$(wc -l <error.txt)" = 1
echo "main job done"
