/** Every command, in the order in which help lists them, and what help shows of them. */
import type { Command } from "commander";
import { addBaseline } from "./baseline/command";
import { addCheck } from "./check/command";
import { addClusterRole } from "./clusterRole/command";
import { addCost } from "./cost/command";
import { addDrift } from "./drift/command";
import { addEstate } from "./estate/command";
import { addExplain } from "./explain/command";
import { addIamPolicy } from "./iamPolicy/command";
import { addInit } from "./init/command";
import type { Io } from "./io";
import { addLedger } from "./ledger/command";
import { addManifests } from "./manifests/command";
import type { Outcome } from "./outcome";
import { addPlan } from "./plan/command";
import { addPolicies } from "./policies/command";
import { addReport } from "./report/command";
import { addSim } from "./sim/command";

/** Adds a command to the program. Its work is imported by its action: help and mistakes of usage load none of it. */
export type AddCommand = (program: Command, io: Io, outcome: Outcome) => void;

export const commands: readonly AddCommand[] = [
  addCheck,
  addBaseline,
  addClusterRole,
  addCost,
  addDrift,
  addExplain,
  addIamPolicy,
  addInit,
  addLedger,
  addManifests,
  addPlan,
  addPolicies,
  addReport,
  addSim,
  addEstate,
];

export const examples: readonly string[] = [
  "pulumi stack export -s prod | duplex check -",
  "pulumi preview --json --show-sames > preview.json; duplex check preview.json",
  "duplex check examples/pangyo-2022",
  "duplex check state.json --format sarif --output duplex.sarif",
  "duplex baseline write duplex.baseline.json state.json",
  "duplex explain DPX301 state.json --service pay",
  "duplex report state.json --output report.html",
  "duplex drift -s prod",
  "duplex init shop --template two-regions",
  "duplex sim up --project shop",
  "duplex iam-policy state.json --output reader.json",
  "duplex cluster-role state.json --output role.yaml",
  "duplex cost Pulumi.prod.yaml --prices prices.json",
  "duplex plan Pulumi.prod.yaml --prices prices.json",
  "duplex ledger --policy policy.yaml --outages outages.yaml",
  "duplex manifests -s prod -o manifests",
  "duplex policies --format json",
  "duplex estate validate Pulumi.prod.yaml",
];
