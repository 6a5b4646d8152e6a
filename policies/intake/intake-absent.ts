import { ownServices, servicesById, urnsOf } from "../evidence/read";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const intakeAbsent: Policy = {
  name: "intake-absent",
  code: "DPX381",
  title: "A paid critical service takes in requests through a durable queue",
  family: "intake",
  severity: "medium",
  rows: ["7", "9"],
  why:
    "A kickboard ride could not be returned; its fee ran on to 500,000 won. What a client sends during an outage has " +
    "to be accepted somewhere else and settled later.",
  proves: "Looks whether each critical service that is paid for depends on at least one queue.",
  fix: {
    text: "Accept what clients send into a queue in another region, and settle from there.",
    snippet:
      'const intake = new aws.sqs.Queue("mobility-intake", { region: "ap-northeast-3", tags: { "duplex:service": ' +
      '"mobility-intake", "duplex:layer": "queue" } });',
  },
  levels: { critical: "advisory" },
  config: {},
  *judge(context) {
    const services = servicesById(context.estate);
    for (const service of ownServices(context)) {
      if (service.layer !== "compute" || service.paid !== true) continue;
      const members = service.dependencies.flatMap((dependency) => dependency.anyOf);
      if (members.some((id) => services.get(id)?.layer === "queue")) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsOf(service),
        message:
          `${subject(service)} must take in what its paying users send through a durable queue, ` +
          "and depends on none.",
      };
    }
  },
};
