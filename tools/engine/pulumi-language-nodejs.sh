#!/bin/sh
# The Node language host that can be built from its Go module takes a project's runtime options as flags; the engine of
# today sends them in the request. This hands over those that Pulumi.yaml names.
folder=$(dirname "$0")
options() { sed -n "s/^ *$1: *//p" Pulumi.yaml 2>/dev/null | head -n 1 | sed "s/ *#.*//; s/^[\"']//; s/[\"']\$//"; }
typescript=$(options typescript)
nodeargs=$(options nodeargs)

# The host would outlive an engine that was killed. After `exec` it has this shell's process id.
engine=$PPID
host=$$
(
  while kill -0 "$engine" && kill -0 "$host"; do sleep 1; done
  kill "$host"
) </dev/null >/dev/null 2>&1 &

exec "$folder/pulumi-language-nodejs-host" ${typescript:+"-typescript=$typescript"} ${nodeargs:+"-nodeargs=$nodeargs"} "$@"
