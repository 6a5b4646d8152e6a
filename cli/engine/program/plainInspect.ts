/**
 * Node up to 20.20 never returns from colouring an error whose stack has a path that ends right below a scope
 * (`node_modules/@pulumi/resource.ts`, which the SDK's source maps make), and the SDK colours every error that a
 * program throws. What a program says is collected here, not shown on a terminal, so it is left without colours.
 */
const source = [
  'import util from "node:util";',
  "const inspect = util.inspect;",
  "const plain = (value, options, ...rest) => inspect(value, " +
    'typeof options === "object" && options !== null ? { ...options, colors: false } : options, ...rest);',
  "util.inspect = Object.defineProperties(plain, Object.getOwnPropertyDescriptors(inspect));",
].join("\n");

/** Arguments to node. */
export const plainInspectArguments: readonly string[] = [
  "--import",
  `data:text/javascript,${encodeURIComponent(source)}`,
];
