/** The configuration of the stack `prod`. */
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { root } from "./rendered";

export function prodEstate(): unknown {
  const { config } = parse(fs.readFileSync(path.join(root, "Pulumi.prod.yaml"), "utf8")) as {
    config: Record<string, unknown>;
  };
  return config["duplex:estate"];
}
