/** Mutations of what is done before a loss: guards against deletion, machines that nobody takes back, words to users, drills. */
import type { Resource } from "../../inventory/resource";
import { eachOf, group, ofType, serviceOf, withProperty, wordOf, type MutationKind } from "./mutations";
import { everywhere, site, stated, strict } from "./mutationsOfNeeds";

/** Stores of a tier that asks for protection. */
const stores = (type: string) => (stack: readonly Resource[]) =>
  ofType(stack, type).filter((one) => wordOf(one, "tier") !== "standard");
/** The one region that is left where the ground under the capital shakes: what stands there is counted on. */
const inTokyo = (stack: readonly Resource[]) => ofType(stack, group).filter(({ name }) => name.endsWith("-tokyo"));

/** Of a c7i.2xlarge, on which all groups of machines run. */
const vcpusOfMachine = 8;

function quota(region: string, value: number): Resource {
  const type = "aws:servicequotas/serviceQuota:ServiceQuota";
  const name = `vcpus-${region}`;
  return {
    urn: `urn:pulumi:prod::duplex::${type}::${name}`,
    type,
    name,
    custom: true,
    id: undefined,
    properties: { region, serviceCode: "ec2", quotaCode: "L-1216C47A", value },
    propertyDependencies: {},
    dependencies: [],
  };
}

export const careMutations: readonly MutationKind[] = [
  {
    name: "a table that one call deletes",
    expects: ["deletion-protection"],
    mutants: eachOf(stores("aws:dynamodb/table:Table"), (one) =>
      withProperty(one, ["deletionProtectionEnabled"], false),
    ),
  },
  {
    name: "machines that the cloud takes back",
    expects: ["spot-only-capacity"],
    mutants: eachOf(inTokyo, (one) =>
      withProperty(one, ["mixedInstancesPolicy"], {
        instancesDistribution: { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 0 },
      }),
    ),
  },
  {
    name: "a quota that is one machine short of what runs",
    expects: ["quota-below-peak"],
    mutants: function* (stack) {
      for (const region of ["ap-northeast-2", "ap-northeast-1"]) {
        const groups = ofType(stack, group).filter(({ properties }) => properties["region"] === region);
        const machines = groups.reduce((sum, { properties }) => sum + Number(properties["desiredCapacity"]), 0);
        yield {
          what: `a quota of vCPUs in ${region}`,
          services: groups.map(serviceOf),
          resources: [...stack, quota(region, (machines - 1) * vcpusOfMachine)],
        };
      }
    },
  },
  {
    name: "no runbook",
    expects: ["runbook-absent"],
    mutants: everywhere(strict, [stated("runbook", "runbook", () => undefined)]),
  },
  {
    name: "no status page",
    expects: ["status-page-absent"],
    mutants: everywhere(strict, [stated("status-page", "statusPage", () => undefined)]),
  },
  {
    name: "a status page that the service itself serves",
    expects: ["status-page-inside"],
    mutants: function* (stack) {
      for (const service of strict(stack)) {
        const own = (found: unknown) => (found === undefined ? undefined : `${service.name}.duplex.example`);
        yield* everywhere(() => [service], [stated("status-page", "statusPage", own)])(stack);
      }
    },
  },
  {
    name: "a facility that was never drilled",
    expects: ["drill-too-old"],
    mutants: site("chuncheon", "lastDrill", undefined, ["messenger", "login", "pay"]),
  },
];
