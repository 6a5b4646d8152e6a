/** What the Kubernetes API's own types say of objects; they know newer fields than the stored JSON schemas. */
import { join } from "node:path";
import * as ts from "typescript";

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const types: Readonly<Record<string, string>> = {
  ServiceAccount: "core.v1.ServiceAccount",
  PersistentVolumeClaim: "core.v1.PersistentVolumeClaim",
  Role: "rbac.v1.Role",
  ClusterRole: "rbac.v1.ClusterRole",
  RoleBinding: "rbac.v1.RoleBinding",
  Job: "batch.v1.Job",
  CronJob: "batch.v1.CronJob",
};

const root = join(__dirname, "..", "..");

/** Messages of the compiler, one for each field that there is not, that has the wrong type, or that is missing. */
export function kubernetesFaults(given: readonly KubernetesObject[]): readonly string[] {
  const lines = given.map(
    (object, index) => `export const object${index}: types.input.${types[object.kind]} = ${JSON.stringify(object)};`,
  );
  const name = join(root, "tests", "support", "checked.ts");
  const text = ['import type { types } from "@pulumi/kubernetes";', ...lines].join("\n");
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, target) => (file === name ? ts.createSourceFile(file, text, target) : read(file, target));
  const program = ts.createProgram([name], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(name))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}
