import { unknown, type Estate, type UnjudgedSettingFact } from "../../../model";
import { replica, service } from "../../support/estateBuilder";
import { changed, compliant, withService } from "./compliant";
import type { Example, ExamplesByPolicy } from "./example";

const passes: Example = { what: "three sites that share nothing", estate: compliant() };

/** The compliant estate with a setting of a service's launch template that no reader looks at. */
function withSetting(service: string): Estate {
  const estate = compliant();
  const setting: UnjudgedSettingFact = {
    kind: "unjudgedSetting",
    urn: `${service}-template`,
    service,
    property: "placement.tenancy",
    could: "could keep it from starting",
  };
  return { ...estate, facts: [...estate.facts, setting] };
}

export const proof: ExamplesByPolicy = {
  "placement-proof": {
    passes,
    nearMiss: {
      what: "an unknown placement beside a known one of a standard service",
      found: true,
      level: "advisory",
      verdict: "unknown",
      estate: withService(
        service("board", [replica("board@1", unknown("subnet.availabilityZoneId"))], { tier: "standard" }),
      ),
      service: "board",
      urn: "board@1",
      says: /the proof misses subnet\.availabilityZoneId/,
    },
    refused: {
      what: "a critical login in a subnet whose zone is not known yet",
      estate: changed("login", (login) => ({
        replicas: login.replicas.map((one) => ({ ...one, placement: unknown("subnet.availabilityZoneId") })),
      })),
      service: "login",
      urn: "login@pangyo",
      verdict: "unknown",
      says: /the proof misses .*subnet\.availabilityZoneId/,
    },
  },
  "not-judged": {
    passes,
    nearMiss: {
      what: "two resources of one type, told in one finding",
      found: true,
      level: "advisory",
      verdict: "unknown",
      estate: { ...compliant(), notJudged: ["a", "b"].map((urn) => ({ urn, type: "aws:fsx/fileSystem:FileSystem", reason: "no reader." })) }, // prettier-ignore
      urn: "b",
      says: /Every aws:fsx\/fileSystem:FileSystem must be judged, and these 2 are not/,
    },
    refused: {
      what: "machines of a critical service that only a dedicated host may carry",
      verdict: "unknown",
      service: "login",
      estate: withSetting("login"),
      urn: "login-template",
      says: /no reader looks at placement\.tenancy of "login-template", which could keep it from starting/,
    },
  },
};
