/** What needs no engine: a hand on the store of the project's simulated cloud, whose process alone knows the store. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { byText } from "../../lib/order";
import { visible } from "../../lib/visible";
import { UserError } from "../../model/errors";
import type { Io } from "../io";
import { packageFolder } from "../packageFolder";
import type { DriftOptions, ListOptions, PlaceKind, ProjectOptions } from "./options";

/** As simulator/handRequest.ts answers. */
interface Answer {
  readonly lost: readonly { readonly kind: PlaceKind; readonly name: string }[];
  readonly objects: readonly {
    readonly type: string;
    readonly place: string;
    readonly id: string;
    readonly urn: string;
  }[];
}

/** Loses a place, or gives it back, and says what is lost then. */
export function setLost(ask: "lose" | "restore", kind: PlaceKind, name: string, options: ProjectOptions, io: Io): void {
  io.out(lostLine(asked({ ask, kind, name }, options, io)));
}

/** Shows what there is, by type, place and id. */
export function list(type: string | undefined, options: ListOptions, io: Io): void {
  const answer = asked({ ask: "list", type }, options, io);
  if (options.json) {
    io.out(`${JSON.stringify(answer, undefined, 2)}\n`);
    return;
  }
  const rows = answer.objects.map((one) => [one.type, one.place, one.id].map(visible).join("  "));
  for (const row of rows.sort(byText)) io.out(`${row}\n`);
  io.out(`SIMULATED: ${rows.length} objects. ${lostLine(answer)}`);
}

/** Changes an object, or removes it, behind the engine's back. */
export function drift(id: string, change: object | undefined, options: DriftOptions, io: Io): void {
  if (options.remove === (change !== undefined)) {
    throw new UserError([
      {
        code: "DPX001",
        message: `An object is changed or removed; ${options.remove ? "both are" : "neither is"} asked for.`,
        fix: "Give a CHANGE such as '{\"desiredCount\":1}', or `--remove`. See `duplex sim drift --help`.",
      },
    ]);
  }
  const object = { id, type: options.type, place: options.place };
  const request = options.remove ? { ask: "remove", object } : { ask: "drift", object, change };
  for (const one of asked(request, options, io).objects) {
    io.out(`${options.remove ? "Removed" : "Changed"} ${visible(`${one.type} ${one.id} in ${one.place}`)}.\n`);
  }
}

function lostLine({ lost }: Answer): string {
  const names = lost.map(({ kind, name }) => `${kind} ${visible(name)}`).sort();
  return `Lost now: ${names.length === 0 ? "nothing" : names.join(", ")}.\n`;
}

/** @throws UserError (DPX044) where there is no simulated cloud, or where it refuses */
function asked(request: object, options: ProjectOptions, io: Io): Answer {
  const cloud = join(resolve(io.cwd, options.project), ".duplex", "simulated", "cloud");
  const fail = (message: string, fix: string) =>
    new UserError([{ code: "DPX044", message, fix, file: options.project }]);
  if (!existsSync(cloud)) {
    throw fail(
      "The folder has no simulated cloud.",
      "Run `duplex sim up` first, or name the project with `--project`.",
    );
  }
  const program = join(packageFolder(), "dist", "simulator.js");
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, "hand"], {
    input: JSON.stringify(request),
    env: { ...io.env, DUPLEX_SIMULATED_CLOUD: cloud },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) {
    throw fail(
      `The simulated cloud refuses: ${(error?.message ?? stderr).trim()}`,
      "Correct the command; `duplex sim list` shows what there is.",
    );
  }
  return JSON.parse(stdout) as Answer;
}
