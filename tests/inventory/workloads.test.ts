/** Replicas are of one workload, and a need leads to the one instance that is named. */
import { readEstate } from "../../inventory";
import { stemOf } from "../../inventory/assemble/nameStem";
import type { Estate } from "../../model";
import { createSurvival } from "../../survival";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const [ohio, oregon] = ["us-east-2", "us-west-2"] as const;
const application = { Application: "ledger" };

function replicaPlaces(estate: Estate, id: string): readonly string[] {
  const found = estate.services.find((service) => service.id === id);
  const places: string[] = [];
  for (const { placement } of found?.replicas ?? []) places.push(...(placement.known ? placement.value : ["?"]));
  return places.sort();
}

function machine(stack: StackBuilder, name: string, zone: string, given: Readonly<Record<string, string>> = {}) {
  const region = zone.replace(/[a-z]$/, "");
  return stack.add("aws:ec2/instance:Instance", name, {
    region,
    availabilityZone: zone,
    tags: application,
    ...given,
  });
}

describe("the stem of a name", () => {
  it.each([
    ["orders-us-east-2", "orders"],
    ["orders-2", "orders"],
    ["orders-b", "orders"],
    ["orders-primary", "orders"],
    ["berlin-orders", "orders"],
    ["orders2b", "orders"],
    ["order-report", "order-report"],
    ["payments/orders", "payments/orders"],
    ["blue", ""],
  ])("of %s is %s", (name, stem) => {
    expect(stemOf(name, ["berlin"])).toBe(stem);
  });
});

describe("units under one tag of an application", () => {
  it("are apart where one is a machine and one a function", () => {
    const stack = new StackBuilder();
    machine(stack, "front", "us-east-2a");
    stack.add("aws:lambda/function:Function", "closing", { region: ohio, tags: application });
    const { services } = readEstate(stack.resources);
    expect(services.map(({ id, replicas }) => [id, replicas.length])).toEqual([
      ["ledger", 1],
      ["ledger/closing", 1],
    ]);
  });

  it("are apart where machines are made for different work", () => {
    const stack = new StackBuilder();
    machine(stack, "front", "us-east-2a", { ami: "ami-7", userData: "start front" });
    machine(stack, "batch", "us-east-2b", { ami: "ami-7", userData: "start batch" });
    expect(readEstate(stack.resources).services.map(({ id }) => id)).toEqual(["ledger/batch", "ledger/front"]);
  });

  it.each([
    ["numbered", "front-1", "front-2", {}],
    ["of two zones", "front-a", "front-b", {}],
    ["started by one script, whatever they are called", "alpha", "omega", { userData: "start front" }],
    ["that only say which copy they are, of one image", "blue", "green", { ami: "ami-7" }],
  ])("are one service where they are alike: %s", (_, one, other, given) => {
    const stack = new StackBuilder();
    machine(stack, one, "us-east-2a", given);
    machine(stack, other, "us-east-2b", given);
    const estate = readEstate(stack.resources);
    expect(replicaPlaces(estate, "ledger")).toEqual(["zone:us-east-2a", "zone:us-east-2b"]);
  });

  it("are apart where tasks of different families stand in two regions, and one where the family is the same", () => {
    const read = (family: string) => {
      const stack = new StackBuilder();
      for (const [region, name, task] of [
        [ohio, "front", "front:3"],
        [oregon, "answers", `${family}:9`],
      ] as const) {
        const given = { region, taskDefinition: task, tags: application };
        stack.add("aws:ecs/service:Service", name, given);
      }
      return readEstate(stack.resources).services.map(({ id }) => id);
    };
    expect(read("worker")).toEqual(["ledger/answers", "ledger/front"]);
    expect(read("front")).toEqual(["ledger"]);
  });

  it("of our own word stay together as servers, and leave the function by itself", () => {
    const stack = new StackBuilder();
    const own = tags({ service: "ledger" });
    stack.add("aws:ecs/service:Service", "tasks", { region: ohio, tags: own });
    stack.add("aws:ec2/instance:Instance", "old-machine", { region: ohio, availabilityZone: "us-east-2c", tags: own });
    stack.add("aws:lambda/function:Function", "closing", { region: ohio, tags: own });
    const { services } = readEstate(stack.resources);
    expect(services.map(({ id, replicas }) => [id, replicas.length])).toEqual([
      ["ledger", 2],
      ["ledger/closing", 1],
    ]);
  });
});

/** Tasks of both regions, with what their definitions say. */
function tasksOf(containers: Readonly<Record<string, unknown>>, add: (stack: StackBuilder) => void = () => undefined) {
  const stack = new StackBuilder();
  add(stack);
  for (const region of [ohio, oregon]) {
    const written = JSON.stringify([containers]).replaceAll("{region}", region);
    const arn = `arn:aws:ecs:${region}:111122223333:task-definition/ledger:4`;
    stack.add(
      "aws:ecs/taskDefinition:TaskDefinition",
      `ledger-${region}`,
      { region, family: "ledger", containerDefinitions: written },
      { computed: { arn } },
    );
    stack.add("aws:ec2/subnet:Subnet", `net-${region}`, { region, availabilityZone: `${region}a` });
    const given = { region, taskDefinition: arn, tags: tags({ service: "ledger", tier: "important" }) };
    const networkConfiguration = { subnets: [`net-${region}-id`] };
    stack.add("aws:ecs/service:Service", `ledger-${region}`, { ...given, networkConfiguration });
  }
  return readEstate(stack.resources);
}

function needsOf(estate: Estate, id = "ledger") {
  const found = estate.services.find((service) => service.id === id);
  return (found?.dependencies ?? []).map(({ anyOf, strength }) => `${anyOf.join("|")} ${strength}`);
}

describe("what a task names", () => {
  const secret = (region: string) => `arn:aws:secretsmanager:${region}:111122223333:secret:ledger-db-AbCdEf`;

  it.each([
    ["a secret", { secrets: [{ name: "A", valueFrom: secret(ohio) }] }, "ledger-db@us-east-2 startup"],
    ["a key of its JSON", { secrets: [{ valueFrom: `${secret(ohio)}:password::` }] }, "ledger-db@us-east-2 startup"],
    [
      "a parameter",
      { secrets: [{ valueFrom: `arn:aws:ssm:${ohio}:111122223333:parameter/ledger/db` }] },
      "ledger/db@us-east-2 startup",
    ],
    ["an image", { image: `111122223333.dkr.ecr.${ohio}.amazonaws.com/ledger:7` }, "ledger@us-east-2 startup"],
  ])("in one region alone is needed there: %s that the stack does not hold", (_, container, need) => {
    const estate = tasksOf(container);
    expect(needsOf(estate)).toEqual([need]);
    const [id = ""] = need.split(" ");
    expect(createSurvival(estate).outcome(id, [`region:${ohio}`]).status).toBe("down");
  });

  it.each([
    ["secret", { secrets: [{ valueFrom: secret("{region}") }] }],
    ["image", { image: "111122223333.dkr.ecr.{region}.amazonaws.com/ledger:7" }],
    ["an image of a public registry", { image: "public.ecr.aws/nginx/nginx:1" }],
    ["a parameter by its name, which is the region's own", { secrets: [{ valueFrom: "/ledger/db" }] }],
    ["an alarm's topic elsewhere", { environment: [{ name: "T", value: `arn:aws:sns:${ohio}:111122223333:told` }] }],
  ])("in its own region, or not before it starts, crosses nothing: %s", (_, container) => {
    expect(needsOf(tasksOf(container))).toEqual([]);
  });

  it("leads to the resource of the stack, though the other region has one as well", () => {
    const estate = tasksOf({ secrets: [{ valueFrom: secret(ohio) }] }, (stack) => {
      for (const region of [ohio, oregon]) {
        const given = { region, name: "ledger-db", tags: tags({ service: "ledger" }) };
        stack.add("aws:secretsmanager/secret:Secret", `db-${region}`, given, { computed: { arn: secret(region) } });
      }
    });
    expect(needsOf(estate)).toContain("ledger/db@us-east-2 startup");
    expect(replicaPlaces(estate, "ledger/db@us-east-2")).toEqual([`region:${ohio}`]);
    expect(replicaPlaces(estate, "ledger/db")).toEqual([`region:${ohio}`, `region:${oregon}`]);
  });
});

describe("a value that is written once", () => {
  it("is no need of a database, and a key is", () => {
    const stack = new StackBuilder();
    const secret = stack.add("aws:secretsmanager/secret:Secret", "master", { region: ohio });
    const version = stack.add("aws:secretsmanager/secretVersion:SecretVersion", "v", { secretId: output(secret) });
    const key = stack.add("aws:kms/key:Key", "disk", { region: ohio });
    const password = output(version, "secretString");
    const kmsKeyId = output(key, "arn");
    stack.add("aws:rds/instance:Instance", "ledger", { region: oregon, password, kmsKeyId, availabilityZone: "x" });
    expect(needsOf(readEstate(stack.resources))).toEqual(["disk startup"]);
  });
});
