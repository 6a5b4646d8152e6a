import { type Estate } from "../../../model";
import { changed, compliant, onlyIn } from "./compliant";
import type { Example, ExamplesByPolicy } from "./example";

const passes: Example = { what: "a store in three facilities with a locked backup elsewhere", estate: compliant() };

const inPangyo = (id: string): Estate => changed(id, (one) => onlyIn(one, ["pangyo"]));

export const intake: ExamplesByPolicy = {
  "intake-absent": {
    passes,
    nearMiss: {
      what: "a free service without a queue",
      found: false,
      estate: changed("messenger", () => ({ paid: false, dependencies: [] })),
    },
    refused: {
      what: "a paid service without a queue",
      level: "advisory",
      estate: changed("messenger", () => ({ dependencies: [] })),
      service: "messenger",
      urn: "messenger@pangyo",
      says: /through a durable queue, and depends on none/,
    },
  },
  "intake-inside": {
    passes,
    nearMiss: {
      what: "a queue in two facilities",
      found: false,
      estate: changed("intake", (intake) => onlyIn(intake, ["pangyo", "busan"])),
    },
    refused: {
      what: "a queue in the failing site",
      estate: inPangyo("intake"),
      service: "messenger",
      lost: ["facility:pangyo"],
      urn: "intake@pangyo",
      says: /a queue that accepts requests when facility "pangyo" is lost/,
    },
  },
};
