/** What guards stores against deletion, and what proves that a backup can be restored. */
import { readEstate } from "../../inventory";
import { UNKNOWN, type Value } from "../../inventory/resource";
import type { Fact } from "../../model";
import { judge } from "../../policies/judge";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const seoul = "ap-northeast-2";
const orders = tags({ service: "orders", tier: "critical" });

function factsOf<K extends Fact["kind"]>(stack: StackBuilder, kind: K): readonly Extract<Fact, { kind: K }>[] {
  return readEstate(stack.resources).facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

function messages(stack: StackBuilder, policy: string): readonly string[] {
  const { findings } = judge(readEstate(stack.resources));
  return findings.filter((one) => one.policy === policy).map(({ level, message }) => `${level}: ${message}`);
}

describe("protection against deletion", () => {
  it.each<[string, string, Value, boolean]>([
    ["aws:rds/instance:Instance", "deletionProtection", true, true],
    ["aws:rds/instance:Instance", "deletionProtection", undefined, false],
    ["aws:rds/cluster:Cluster", "deletionProtection", false, false],
    ["aws:dynamodb/table:Table", "deletionProtectionEnabled", true, true],
    ["aws:dynamodb/table:Table", "deletionProtectionEnabled", undefined, false],
    ["aws:dsql/cluster:Cluster", "deletionProtectionEnabled", true, true],
    ["aws:s3/bucket:Bucket", "forceDestroy", undefined, true],
    ["aws:s3/bucket:Bucket", "forceDestroy", true, false],
    ["aws:lb/loadBalancer:LoadBalancer", "enableDeletionProtection", undefined, false],
  ])("of %s with %s %p: %p", (type, property, value, isProtected) => {
    const stack = new StackBuilder();
    stack.add(type, "orders", { region: seoul, tags: orders, [property]: value });
    expect(factsOf(stack, "deletion")).toEqual([
      expect.objectContaining({ property, protected: { known: true, value: isProtected } }),
    ]);
  });

  it("asks nothing of a read replica, which is a copy, nor of a classic load balancer, which has none", () => {
    const stack = new StackBuilder();
    const source = stack.add("aws:rds/instance:Instance", "orders", { region: seoul, tags: orders });
    stack.add("aws:rds/instance:Instance", "orders-reader", {
      region: seoul,
      tags: orders,
      replicateSourceDb: output(source),
    });
    stack.add("aws:elb/loadBalancer:LoadBalancer", "orders", { region: seoul, tags: orders });
    expect(factsOf(stack, "deletion").map(({ urn }) => urn)).toEqual([source.urn]);
  });

  it("is asked of a global cluster beside that of its clusters, and named with its property", () => {
    const stack = new StackBuilder();
    const global = stack.add("aws:rds/globalCluster:GlobalCluster", "orders-world", { region: seoul });
    stack.add("aws:rds/cluster:Cluster", "orders", {
      region: seoul,
      tags: orders,
      globalClusterIdentifier: output(global),
      deletionProtection: true,
    });
    expect(messages(stack, "deletion-protection")).toEqual([
      'mandatory: Service "orders" (critical) must be protected against deletion, and "orders-world" (deletionProtection) is not.',
    ]);
  });

  it("refuses a critical table of which a preview cannot tell", () => {
    const stack = new StackBuilder();
    stack.add("aws:dynamodb/table:Table", "orders", {
      region: seoul,
      tags: orders,
      deletionProtectionEnabled: UNKNOWN,
    });
    expect(messages(stack, "deletion-protection")).toEqual([
      expect.stringMatching(/^mandatory: .*"orders" \(deletionProtectionEnabled\) may not be: it is not known yet\.$/),
    ]);
  });
});

describe("restore tests", () => {
  function restored(selection: Readonly<Record<string, Value>>, schedule: Value = "cron(0 5 1 * ? *)"): StackBuilder {
    const stack = new StackBuilder();
    const add = (name: string, words: Readonly<Record<string, string>>) =>
      stack.add("aws:dynamodb/table:Table", name, {
        region: seoul,
        tags: { ...tags({ service: name, tier: "critical" }), ...words },
        pointInTimeRecovery: { enabled: true },
      });
    add("orders", { kept: "yes" });
    add("carts", {});
    const plan = stack.add("aws:backup/restoreTestingPlan:RestoreTestingPlan", "monthly", {
      region: seoul,
      name: "monthly",
      ...(schedule === undefined ? {} : { scheduleExpression: schedule }),
    });
    stack.add("aws:backup/restoreTestingSelection:RestoreTestingSelection", "tables", {
      region: seoul,
      restoreTestingPlanName: output(plan, "name"),
      ...selection,
    });
    return stack;
  }
  const untested = (stack: StackBuilder) =>
    judge(readEstate(stack.resources)).findings.flatMap((one) =>
      one.policy === "restore-untested" ? [`${one.verdict} ${one.service ?? ""}`] : [],
    );
  const equal = { key: "aws:ResourceTag/kept", value: "yes" };

  it.each<[string, Readonly<Record<string, Value>>, readonly string[]]>([
    ["every table", { protectedResourceType: "DynamoDB", protectedResourceArns: ["*"] }, []],
    ["the tables of a tag", { protectedResourceType: "DynamoDB", protectedResourceConditions: { stringEquals: [equal] } }, ["broken carts"]],
    ["stores of another type", { protectedResourceType: "RDS", protectedResourceArns: ["*"] }, ["broken carts", "broken orders"]],
    ["nothing", { protectedResourceType: "DynamoDB" }, ["broken carts", "broken orders"]],
  ])("cover %s", (_what, selection, expected) => {
    expect(untested(restored(selection))).toEqual(expected);
  }); // prettier-ignore

  it("prove nothing where the schedule is not known", () => {
    const all = { protectedResourceType: "DynamoDB", protectedResourceArns: ["*"] };
    expect(untested(restored(all, UNKNOWN))).toEqual(["unknown carts", "unknown orders"]);
  });
});
