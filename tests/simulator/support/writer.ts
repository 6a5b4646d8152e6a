/** Writes object after object until it is killed, and says on standard output which ones are on disk. */
import { writeSync } from "node:fs";
import { Store } from "../../../simulator/store/store";

export const type = "aws:test/thing:Thing";

/** The object with a number, as `writer` makes it. */
export function thing(index: number) {
  const id = `thing-${index}`;
  return {
    type,
    place: "ap-northeast-2",
    id,
    urn: `urn:pulumi:test::crash::${type}::${id}`,
    acknowledged: false,
    inputs: { index },
    state: { index, text: "x".repeat(500) },
    secrets: [],
    serial: index,
    revision: 1,
    names: [`name-${index}`],
    handles: [`arn:aws-simulated:test:::${id}`],
    uses: index > 0 ? [{ target: { type, place: "ap-northeast-2", id: "thing-0" }, bond: "holds" as const }] : [],
  };
}

if (process.argv[2] === "write") {
  const store = new Store(process.argv[3] ?? "");
  for (let index = 0; ; index++) {
    store.change(() => store.put(thing(index)));
    writeSync(1, `${index}\n`);
  }
}
