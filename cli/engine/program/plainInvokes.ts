/**
 * A function that asks the cloud is answered by "not known". In its output form (`getVpcOutput`) the SDK carries that
 * on as an unknown output. In its plain form (`await getVpc()`) it hands out an empty object, with which the program
 * would go on as if nothing had been set: there the program is given an error instead, which names the function.
 */
import { pathToFileURL } from "node:url";

/** Ends the message of that error, by which it is found in what the program says last. */
export const plainInvokeMark = "has no answer without an engine";

const source = (projectFile: string) =>
  [
    'import { createRequire } from "node:module";',
    `const require = createRequire(${JSON.stringify(projectFile)});`,
    // Both, for the second copies what the first exports.
    'for (const file of ["invoke", "index"]) {',
    "  const runtime = require(`@pulumi/pulumi/runtime/${file}.js`);",
    "  const { invoke } = runtime;",
    "  if (invoke.answered) continue;",
    "  runtime.invoke = async (token, ...rest) => {",
    "    const answer = await invoke(token, ...rest);",
    "    if (Object.keys(answer ?? {}).length > 0) return answer;",
    `    throw new Error(\`The function \${token} ${plainInvokeMark}\`);`,
    "  };",
    "  runtime.invoke.answered = true;",
    "}",
  ].join("\n");

/** Arguments to node for a program whose own SDK is found from its folder. */
export function plainInvokeArguments(projectFile: string): readonly string[] {
  return ["--import", `data:text/javascript,${encodeURIComponent(source(pathToFileURL(projectFile).href))}`];
}
