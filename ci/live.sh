#!/bin/sh
# Asks AWS and Kubernetes for what no property of a resource holds, for `duplex drift --live FOLDER`. Reads, and nothing
# else: the roles are those of `duplex iam-policy --live` and `duplex cluster-role --live`. What does not answer is left out
# with a warning, and the rest is judged.
#
#   LIVE_REGIONS   regions of the stack; us-east-1 too for alarms and tags of global services
#   LIVE_SWITCHES  endpoints of the Application Recovery Controller's cluster, as REGION=URL; the first that answers counts
#   LIVE_CONTEXTS  contexts of kubectl, one for each cluster of the stack
#
# Usage: sh ci/live.sh FOLDER
set -eu
folder=${1:?Give the folder for the answers.}
rm -rf "$folder"
mkdir -p "$folder"

# ask NAME COMMAND…: the answer into NAME.json, whole or not at all.
ask() {
  name=$1
  shift
  if "$@" --output json >"$folder/$name.part"; then
    mv "$folder/$name.part" "$folder/$name.json"
  else
    rm -f "$folder/$name.part"
    echo "No answer, and so not judged: $*" >&2
    return 1
  fi
}

for region in ${LIVE_REGIONS:-}; do
  ask "tagged-$region" aws resourcegroupstaggingapi get-resources --region "$region" || true
  ask "alarms-$region" aws cloudwatch describe-alarms --state-value ALARM --alarm-types MetricAlarm CompositeAlarm --region "$region" || true
  ask "backups-$region" aws backup list-protected-resources --region "$region" || true
done
for endpoint in ${LIVE_SWITCHES:-}; do
  if ask switches aws route53-recovery-cluster list-routing-controls --region "${endpoint%%=*}" --endpoint-url "${endpoint#*=}"; then
    break
  fi
done
count=0
for context in ${LIVE_CONTEXTS:-}; do
  count=$((count + 1))
  ask "objects-$count" kubectl --context "$context" get deployments,statefulsets,daemonsets --all-namespaces || true
done

# A folder without an answer would be a mistake of the command line.
rmdir "$folder" 2>/dev/null || true
