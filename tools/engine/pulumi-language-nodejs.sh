#!/bin/sh
# The Node language host that can be built from its Go module takes a project's runtime options as flags; the engine of
# today sends them in the request. This hands over those that Pulumi.yaml names.
folder=$(dirname "$0")
options() { sed -n "s/^ *$1: *//p" Pulumi.yaml 2>/dev/null | head -n 1 | sed "s/ *#.*//; s/^[\"']//; s/[\"']\$//"; }
typescript=$(options typescript)
nodeargs=$(options nodeargs)
exec "$folder/pulumi-language-nodejs-host" ${typescript:+"-typescript=$typescript"} ${nodeargs:+"-nodeargs=$nodeargs"} "$@"
