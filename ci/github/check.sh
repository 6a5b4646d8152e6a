#!/usr/bin/env bash
# The step "Judge" of action.yml: annotations on the pull request, a job summary, reports as files, one output.
set -euo pipefail

case "$FAIL_ON" in
refused) allowed=(--allow-advice) ;;
advice) allowed=() ;;
*)
  echo "::error title=duplex::The input fail-on must be refused or advice, and is \"${FAIL_ON//[^[:alnum:] -]/}\"."
  exit 1
  ;;
esac

options=()
[ -z "${BASE:-}" ] || options+=("--base=$BASE")
[ -z "$STACK" ] || options+=("--stack=$STACK")
[ -z "$CONFIG" ] || options+=("--config=$CONFIG")
[ -z "$SITES" ] || options+=("--sites=$SITES")

# What a checkout brought along must not pass for an answer.
mkdir -p -- "$REPORTS"
rm -f -- "$REPORTS"/{duplex.json,duplex.sarif,code-scanning.sarif,duplex.xml,comment.md}
code=0
node "$DUPLEX" check --format=github \
  --report="json=$REPORTS/duplex.json" \
  --report="sarif=$REPORTS/duplex.sarif" \
  --report="junit=$REPORTS/duplex.xml" \
  --report="markdown=$REPORTS/comment.md" \
  ${allowed[@]+"${allowed[@]}"} ${options[@]+"${options[@]}"} -- "$CHECKED_PATH" || code=$?

# Without reports nothing was judged: the message stands above.
if [ -f "$REPORTS/comment.md" ]; then
  cat -- "$REPORTS/comment.md" >>"$GITHUB_STEP_SUMMARY"
  # Code scanning opens an alert for every result, whoever has taken it, and for what is gone too
  # (github/codeql-action, issue 1230): it is given the others.
  speaking='const log = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const speaks = ({ suppressions = [], baselineState }) => suppressions.length === 0 && baselineState !== "absent";
    for (const run of log.runs) run.results = run.results.filter(speaks);
    require("fs").writeFileSync(process.argv[2], JSON.stringify(log));'
  node -e "$speaking" "$REPORTS/duplex.sarif" "$REPORTS/code-scanning.sarif"
  read_verdict='const { verdict, change } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));'
  verdict=$(node -p "$read_verdict (change ?? { verdict }).verdict" "$REPORTS/duplex.json")
  echo "verdict=$verdict" >>"$GITHUB_OUTPUT"
fi
exit "$code"
