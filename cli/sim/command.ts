import { Argument, type Command } from "commander";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";
import {
  changeOf,
  placeKinds,
  type DownOptions,
  type DriftOptions,
  type ListOptions,
  type PlaceKind,
  type PreviewOptions,
  type ProjectOptions,
  type UpOptions,
} from "./options";

const details = `
The real Pulumi engine (found on PATH, else built once from Go) drives a cloud that is simulated: nothing real is read
or changed, and nothing of the project but its folder .duplex. No container runs there, and nothing is billed.

Examples:
  $ duplex sim up
  $ duplex sim lose region ap-northeast-2
  $ duplex sim down --force`;

const exits = "\nExit codes: 0 done, 1 not done; what stands in the way is told.";

/** Adds `duplex sim …`. */
export function addSim(program: Command, io: Io, outcome: Outcome): void {
  const sim = program
    .command("sim")
    .description("bring a stack up on a simulated cloud, lose parts of it, change it behind the engine's back")
    .addHelpText("after", details);
  addUp(sim, io, outcome);
  addPreview(sim, io, outcome);
  addDown(sim, io, outcome);
  addHand(sim, io, outcome);
}

const ofProject = (command: Command) => command.option("--project <folder>", "the project's folder", ".");
const ofStack = (command: Command) =>
  ofProject(command).option("-s, --stack <name>", "the stack (default: the only one that has a file)");
const ofPolicies = (command: Command) =>
  ofStack(command)
    .option("--refresh", "read the simulated cloud first: what `sim drift` has changed is found", false)
    .option("--no-policies", "do not judge by the policy pack, so that what it refuses comes up too");

function addUp(sim: Command, io: Io, outcome: Outcome): void {
  ofPolicies(sim.command("up"))
    .description("bring the stack up under the policy pack, then show who survives what")
    .addHelpText("after", "\nExit codes: 0 up, 1 not up, 3 up (with --no-policies) and refused by the check.")
    .action(async ({ policies, refresh, ...options }: UpOptions) => {
      const { runEngine } = await import("./engineRun");
      outcome.code = await runEngine({ do: "up", policies, refresh }, options, io);
    });
}

function addPreview(sim: Command, io: Io, outcome: Outcome): void {
  ofPolicies(sim.command("preview"))
    .description("show what the engine would do")
    .option("--json", "as the one document that `duplex check` takes", false)
    .addHelpText("after", exits)
    .action(async ({ policies, refresh, json, ...options }: PreviewOptions) => {
      const { runEngine } = await import("./engineRun");
      outcome.code = await runEngine({ do: "preview", policies, refresh, json }, options, io);
    });
}

function addDown(sim: Command, io: Io, outcome: Outcome): void {
  ofStack(sim.command("down"))
    .description("destroy the stack as the engine does, which stops at what is protected")
    .option(
      "--force",
      "throw the project's whole simulated cloud away, protected or not, with all of its stacks",
      false,
    )
    .addHelpText("after", exits)
    .action(async ({ force, ...options }: DownOptions) => {
      const { runEngine } = await import("./engineRun");
      outcome.code = await runEngine({ do: "down", force }, options, io);
    });
}

function addHand(sim: Command, io: Io, outcome: Outcome): void {
  const places = {
    lose: "silence a region or a cluster, or take a zone's capacity away",
    restore: "give a lost place back",
  };
  for (const ask of ["lose", "restore"] as const) {
    ofProject(sim.command(ask))
      .description(places[ask])
      .addArgument(new Argument("<kind>", "of place").choices(placeKinds))
      .argument("<name>", "such as ap-northeast-2, apne2-az1, or the context of a cluster")
      .addHelpText("after", `${exits}\n\nExample:\n  $ duplex sim ${ask} region ap-northeast-2`)
      .action(async (kind: PlaceKind, name: string, options: ProjectOptions) => {
        (await import("./hand")).setLost(ask, kind, name, options, io);
        outcome.code = exitCodes.survives;
      });
  }
  ofProject(sim.command("list"))
    .description("what there is, and what is lost")
    .argument("[type]", "a type or a part of one, such as ecs/service")
    .option("--json", "with the URN of each object", false)
    .addHelpText("after", exits)
    .action(async (type: string | undefined, options: ListOptions) => {
      (await import("./hand")).list(type, options, io);
      outcome.code = exitCodes.survives;
    });
  ofProject(sim.command("drift"))
    .description("change an object as somebody at the console would; `sim up --refresh` mends it")
    .argument("<id>", "of the object, as `sim list` shows it")
    .argument("[change]", 'settings as JSON, such as {"desiredCount":1}; null removes one', changeOf)
    .option("--remove", "remove the object", false)
    .option("--type <type>", "of the object, where several have the id")
    .option("--place <place>", "of the object, where several have the id")
    .addHelpText("after", exits)
    .action(async (id: string, change: object | undefined, options: DriftOptions) => {
      (await import("./hand")).drift(id, change, options, io);
      outcome.code = exitCodes.survives;
    });
}
