/** A backend of many stacks, spoken by a `pulumi` of the test's own that is quick enough for hundreds of them. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Stands for the stack in the templates. */
const placeholder = "urn:pulumi:prod::shop";

export interface Backend {
  /** What the command line runs with. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Gives one stack its own export, refresh, or command in the place of a refresh. Names are `project/stack`. */
  stack(
    name: string,
    own: { readonly exported?: unknown; readonly refresh?: unknown; readonly command?: string },
  ): void;
  /** Most engines that read a cloud at one time. */
  mostAtOnce(): number;
  /** Names of the stacks of which the cloud was read, sorted. */
  read(): readonly string[];
}

/**
 * Makes the backend.
 *
 * @param stacks names as `project/stack`; those that end in `/empty` hold nothing
 * @param exported export of every stack that is not given its own, as if it were `shop/prod`
 * @param refresh answer of the engine to a refresh of it
 */
export function manyStacks(folder: string, stacks: readonly string[], exported: unknown, refresh: unknown): Backend {
  const own = (file: string) => join(folder, "backend", file);
  for (const each of ["", "running"]) mkdirSync(own(each), { recursive: true });
  const list = stacks.map((name) => ({ name: `organization/${name}`, resourceCount: name.endsWith("/empty") ? 0 : 3 }));
  writeFileSync(own("list.json"), JSON.stringify(list));
  writeFileSync(own("export.json"), JSON.stringify(exported));
  writeFileSync(own("refresh.json"), JSON.stringify(refresh));
  writeFileSync(own("counts"), "");
  writeFileSync(own("read"), "");
  // A refresh is kept open while the others start: what runs at one time can then be counted.
  const script = `#!/bin/sh
if [ "$1 $2" = "stack ls" ]; then cat "${own("list.json")}"; exit; fi
command=$1; stack=; before=
for word in "$@"; do [ "$before" = --stack ] && stack=$word; before=$word; done
project=\${stack%/*}; project=\${project##*/}; key=$project-\${stack##*/}
cd "${own("")}" || exit 9
if [ "$command" = refresh ]; then
  grep -q "^name: \\"*$project\\"*\\$" "$OLDPWD/Pulumi.yaml" || { echo "error: no Pulumi.yaml of $project" >&2; exit 255; }
  : > "running/$$"; set -- running/*; echo $# >> counts; echo "$project/\${stack##*/}" >> read; sleep 0.05; rm "running/$$"
  [ -f "command-$key" ] && . "./command-$key"
  file=refresh
else file=export; fi
[ -f "$file-$key.json" ] && exec cat "$file-$key.json"
exec sed "s#${placeholder}#urn:pulumi:\${stack##*/}::$project#g" "$file.json"
`;
  writeFileSync(join(folder, "pulumi"), script);
  chmodSync(join(folder, "pulumi"), 0o755);
  const lines = (file: string) => readFileSync(own(file), "utf8").trim().split("\n");
  return {
    env: { PATH: `${folder}:${process.env["PATH"] ?? ""}` },
    stack(name, { exported: other, refresh: answer, command }) {
      const key = name.replace("/", "-");
      if (other !== undefined) writeFileSync(own(`export-${key}.json`), JSON.stringify(other));
      if (answer !== undefined) writeFileSync(own(`refresh-${key}.json`), JSON.stringify(answer));
      if (command !== undefined) writeFileSync(own(`command-${key}`), command);
    },
    mostAtOnce: () => Math.max(...lines("counts").map(Number)),
    read: () => lines("read").sort(),
  };
}

interface Entry {
  readonly urn: string;
}

/** Answer of `pulumi refresh --preview-only --json`: these as they were, but for those that are given as they are now. */
export function refreshed(document: unknown, ...now: readonly Entry[]): unknown {
  const { deployment } = document as { deployment: { resources: readonly (Entry & { custom: boolean })[] } };
  return {
    steps: deployment.resources
      .filter(({ custom }) => custom)
      .map((before) => ({
        op: "refresh",
        urn: before.urn,
        oldState: before,
        newState: now.find(({ urn }) => urn === before.urn) ?? before,
      })),
    changeSummary: {},
  };
}
