/** The containers of a task definition, which are written as one text of JSON. */
import type { Refuse } from "../engine/resourceType";

export interface Container {
  readonly name: string;
  readonly ports: readonly number[];
  /** True where its image stands in a registry of ECR, which is asked with the execution role. */
  readonly isPrivate: boolean;
  /** True where its output goes to CloudWatch. */
  readonly logs: boolean;
  /** How many values come from Secrets Manager or the parameter store. */
  readonly secrets: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the text, and refuses what the cloud does not take. */
export function containersOf(json: string, refuse: Refuse): readonly Container[] {
  const say = (problem: string) => refuse("containerDefinitions", problem);
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    say("containerDefinitions must be a list in JSON. Build it with JSON.stringify([...]).");
    return [];
  }
  if (!Array.isArray(parsed) || parsed.length === 0) {
    say("containerDefinitions must be a list of at least one container.");
    return [];
  }
  return parsed.map((each: unknown, index) => read(fieldsOf(each), `containerDefinitions[${index}]`, say));
}

function read(fields: Fields, path: string, say: (problem: string) => void): Container {
  for (const key of ["name", "image"]) if (typeof fields[key] !== "string") say(`${path} must have a ${key}.`);
  const logging = fieldsOf(fields["logConfiguration"]);
  const options = fieldsOf(logging["options"]);
  const logs = logging["logDriver"] === "awslogs";
  for (const key of ["awslogs-group", "awslogs-region"]) {
    if (logs && typeof options[key] !== "string") say(`${path}.logConfiguration.options must have ${key}.`);
  }
  const secrets = listOf(fields["secrets"]);
  for (const secret of secrets) {
    for (const key of ["name", "valueFrom"])
      if (typeof secret[key] !== "string") say(`${path}.secrets must have a ${key} each.`);
  }
  for (const one of listOf(fields["environment"])) {
    for (const key of ["name", "value"]) {
      if (typeof one[key] !== "string") say(`${path}.environment must have a ${key} each, as a text.`);
    }
  }
  return {
    name: String(fields["name"]),
    ports: listOf(fields["portMappings"]).map((mapping) => Number(mapping["containerPort"])),
    isPrivate: /\.dkr\.ecr\./.test(String(fields["image"])),
    logs,
    secrets: secrets.length,
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}
