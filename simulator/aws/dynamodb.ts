/** DynamoDB tables, global ones too. */
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { hasUnknown, list, number, object, text, UNKNOWN, type Properties, type Value } from "../engine/values";
import { arn, awsType, derived, given, oneOf, refuseProtected, regionalName, volatile } from "./awsType";
import { account, partition, regions } from "./regions";

const tableType = "aws:dynamodb/table:Table";

const table = awsType({
  token: tableType,
  id: (making) => given(making, "name"),
  naming: regionalName("name", 255, {
    pattern: /^[\w.-]{3,}$/,
    patternText: "3 or more letters, digits or _.-",
    prefixPath: undefined,
  }),
  replaceOn: ["name", "hashKey", "rangeKey", "localSecondaryIndexes"],
  defaults: { billingMode: "PROVISIONED" },
  sets: ["attributes", "globalSecondaryIndexes", "localSecondaryIndexes", "replicas"],
  check: checkTable,
  mayDelete: (target) => {
    if (target.inputs["deletionProtectionEnabled"] === true) refuseProtected(target, "deletionProtectionEnabled");
  },
  outputs: {
    arn: (making) => arn(making, "dynamodb", `table/${given(making, "name")}`),
    streamLabel: volatile((making) => (hasStream(making.inputs) ? streamLabel(making) : "")),
    streamArn: volatile((making) =>
      hasStream(making.inputs)
        ? arn(making, "dynamodb", `table/${given(making, "name")}/stream/${streamLabel(making)}`)
        : "",
    ),
    streamViewType: ({ inputs }) => (hasStream(inputs) ? "NEW_AND_OLD_IMAGES" : ""),
    tableClass: () => "STANDARD",
    readCapacity: () => 0,
    writeCapacity: () => 0,
    replicas: derived((making) => replicasOf(making)),
    pointInTimeRecovery: () => ({ enabled: false }),
    ttl: () => ({ enabled: false, attributeName: "" }),
  },
});

function hasStream(inputs: Properties): boolean {
  return inputs["streamEnabled"] === true || list(inputs["replicas"]).length > 0;
}

/** The time at which the stream began; taken from the object's own digits, so that a later update does not move it. */
function streamLabel(making: Making): string {
  const [a, b, c] = [0, 1, 2].map((index) => parseInt(making.hex(2, `stream${index}`), 16) % 60);
  return `2026-01-01T00:${pad(a)}:${pad(b)}.${pad(c)}0`;
}

function pad(value: number | undefined): string {
  return String(value ?? 0).padStart(2, "0");
}

/** Replicas, each with the ARNs that it has in its own region; known once the table is. */
function replicasOf(making: Making): Value | undefined {
  const { replicas } = making.inputs;
  if (replicas === undefined || hasUnknown(replicas)) return replicas;
  return list(replicas).map((each) => {
    const replica = object(each);
    const name = given(making, "name");
    const table = `arn:${partition}:dynamodb:${text(replica["regionName"]) ?? ""}:${account}:table/${name}`;
    if (making.preview) return { ...replica, arn: UNKNOWN, streamArn: UNKNOWN, streamLabel: UNKNOWN };
    return {
      ...replica,
      arn: table,
      streamArn: `${table}/stream/${streamLabel(making)}`,
      streamLabel: streamLabel(making),
    };
  });
}

function checkTable(inputs: Properties, refuse: Refuse): void {
  oneOf(inputs, refuse, "billingMode", ["PROVISIONED", "PAY_PER_REQUEST"]);
  const attributes = list(inputs["attributes"]).flatMap((each) => text(object(each)["name"]) ?? []);
  const indexes = [...list(inputs["globalSecondaryIndexes"]), ...list(inputs["localSecondaryIndexes"])];
  const keys = [inputs, ...indexes.map(object)].flatMap((each) => [text(each["hashKey"]), text(each["rangeKey"])]);
  if (inputs["hashKey"] === undefined && inputs["restoreSourceName"] === undefined) {
    refuse("hashKey", "hashKey is required. Give the name of one of the attributes.");
  }
  for (const key of keys) {
    if (key !== undefined && !attributes.includes(key)) {
      refuse("attributes", `attributes must define "${key}", which a key uses. Add { name: "${key}", type: "S" }.`);
    }
  }
  for (const name of attributes) {
    if (!keys.includes(name)) refuse("attributes", `attributes defines "${name}", which no key uses. Remove it.`);
  }
  oneOf(inputs, refuse, "attributes[].type", ["S", "N", "B"]);
  if (inputs["billingMode"] === "PROVISIONED") {
    for (const key of ["readCapacity", "writeCapacity"]) {
      if (!((number(inputs[key]) ?? 0) >= 1) && inputs[key] !== UNKNOWN) {
        refuse(key, `${key} must be at least 1 with billingMode PROVISIONED. Give it, or choose PAY_PER_REQUEST.`);
      }
    }
  }
  for (const [index, replica] of list(inputs["replicas"]).entries()) {
    const region = text(object(replica)["regionName"]);
    const path = `replicas[${index}].regionName`;
    if (region !== undefined && !regions.includes(region)) refuse(path, `${path} is no region: "${region}".`);
    if (region !== undefined && region === inputs["region"]) {
      refuse(path, `${path} is the table's own region ${region}. Give another one.`);
    }
  }
  if (list(inputs["replicas"]).length > 0 && inputs["streamEnabled"] === false) {
    refuse(
      "streamEnabled",
      'streamEnabled must be true for a table with replicas, with streamViewType "NEW_AND_OLD_IMAGES".',
    );
  }
}

export const dynamodbTypes: readonly ResourceType[] = [table];
