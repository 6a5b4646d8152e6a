/** Reads Pulumi.yaml: which program, in which runtime, with which options. */
import { join, resolve } from "node:path";
import { UserError, type Mistake } from "../../../model/errors";
import { readFileText } from "../../input/readText";
import { parseYaml } from "../../input/yaml";
import { isRecord } from "../../../lib/records";

export interface Project {
  readonly name: string;
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  /** Entry of the program relative to the root. @default `.`, by package.json's `main` */
  readonly main: string;
  /** Folder of Pulumi.<stack>.yaml. */
  readonly stackFolder: string;
  readonly runtime: {
    /** True unless the project says that the program is JavaScript. */
    readonly typescript: boolean;
    /** Arguments to node itself, such as a loader. */
    readonly nodeArguments: readonly string[];
    readonly tsconfig?: string;
  };
  /** Defaults of all stacks' configuration, as written. */
  readonly config: Readonly<Record<string, unknown>>;
}

const projectFile = "Pulumi.yaml";

/** What to do where a program cannot be run here; the engine can. */
export const useTheEngine =
  "Run `pulumi preview --json --show-sames > preview.json` with the engine, then `duplex check preview.json`.";

/**
 * Reads the project of a folder.
 *
 * @param root absolute path of the folder that holds Pulumi.yaml.
 */
export async function readProject(root: string): Promise<Project> {
  const file = join(root, projectFile);
  const content = parseYaml(await readFileText(file, { cwd: root }), file);
  const fail = (mistake: Omit<Mistake, "code" | "file">, code = "DPX020"): never => {
    throw new UserError([{ code, file, ...mistake }]);
  };
  if (!isRecord(content)) {
    return fail({ message: "Pulumi.yaml is not a group of settings.", fix: "Write at least `name` and `runtime`." });
  }
  const { name, runtime, main, stackConfigDir } = content;
  if (typeof name !== "string" || name === "") {
    return fail({ path: "name", message: "The project has no name.", fix: "Write `name: my-project`." });
  }
  const runtimeName = isRecord(runtime) ? runtime["name"] : runtime;
  if (runtimeName !== "nodejs") {
    const given = runtimeName === undefined ? "not given" : JSON.stringify(runtimeName);
    const message = `The runtime is ${given}; without an engine only nodejs programs can be run.`;
    return fail({ path: "runtime", message, fix: useTheEngine }, "DPX021");
  }
  const options = isRecord(runtime) && isRecord(runtime["options"]) ? runtime["options"] : {};
  const tsconfig = options["tsconfig"];
  const nodeArguments = options["nodeargs"];
  return {
    name,
    root,
    main: typeof main === "string" && main !== "" ? main : ".",
    stackFolder: typeof stackConfigDir === "string" ? resolve(root, stackConfigDir) : root,
    runtime: {
      typescript: options["typescript"] !== false,
      nodeArguments: typeof nodeArguments === "string" ? nodeArguments.split(/\s+/).filter(Boolean) : [],
      ...(typeof tsconfig === "string" ? { tsconfig } : {}),
    },
    config: isRecord(content["config"]) ? content["config"] : {},
  };
}
