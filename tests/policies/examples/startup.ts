import { type Estate, type Service } from "../../../model";
import { needs, replica, service } from "../../support/estateBuilder";
import { changed, compliant, onlyIn, withService } from "./compliant";
import type { Example, ExamplesByPolicy } from "./example";

const passes: Example = { what: "a store in three facilities with a locked backup elsewhere", estate: compliant() };

const inPangyo = (id: string): Estate => changed(id, (one) => onlyIn(one, ["pangyo"]));

const elsewhere = (id: string, like: Partial<Service>): Service =>
  service(id, [replica(`${id}@chuncheon`, ["facility:chuncheon"])], like);

export const startup: ExamplesByPolicy = {
  "startup-cycle": {
    passes,
    nearMiss: {
      what: "two services that need each other to serve, not to start",
      found: false,
      estate: changed("login", (login) => ({ dependencies: [...login.dependencies, needs("messenger")] })),
    },
    refused: {
      what: "a registry that logs in before it starts, and a login that pulls from it",
      estate: changed(
        "login",
        () => ({ dependencies: [needs("registry", "startup")] }),
        changed("registry", () => ({ dependencies: [needs("login", "startup")] })),
      ),
      service: "login",
      urn: "registry@pangyo",
      says: /login → registry → login need each other to start/,
    },
  },
  "startup-in-one-site": {
    passes,
    nearMiss: {
      what: "a registry in Pangyo, and another in Chuncheon that is as good",
      found: false,
      estate: withService(
        elsewhere("registry-chuncheon", { layer: "registry" }),
        changed(
          "messenger",
          (messenger) => ({
            dependencies: messenger.dependencies.map((one) =>
              one.strength === "startup" ? needs(["registry", "registry-chuncheon"], "startup") : one,
            ),
          }),
          inPangyo("registry"),
        ),
      ),
    },
    refused: {
      what: "images in Pangyo alone",
      estate: inPangyo("registry"),
      service: "messenger",
      lost: ["facility:pangyo"],
      urn: "registry@pangyo",
      says: /start when facility "pangyo" is lost, and "registry" \(registry\) goes down with it: images without a copy/,
    },
  },
};
