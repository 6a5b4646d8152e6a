import type { Service } from "../../model";
import { createSurvival } from "../../survival";
import { estate, facility, needs, replica, service } from "../support/estateBuilder";

const sites = [facility("a"), facility("b")];
const inA = (id: string, changes: Partial<Service> = {}) => service(id, [replica(`${id}#0`, ["facility:a"])], changes);
const inB = (id: string) => service(id, [replica(`${id}#0`, ["facility:b"])]);

/** Who is judged, of services of which something is found where `found` says so. */
function judged(
  services: readonly Service[],
  found: string[] = [],
  keyOf: (id: string) => string | undefined = () => "",
) {
  const asked: string[] = [];
  const survival = createSurvival(estate(sites, services));
  const judge = ({ id }: Service) => {
    asked.push(id);
    return found.includes(id) ? id : undefined;
  };
  const all = [...survival.judgeEach(survival.estate.services, judge, ({ id }) => keyOf(id))];
  return { asked, all };
}

it("passes over a service that fares like one of which nothing was found", () => {
  expect(judged([inA("one"), inA("two"), inB("three"), inA("four")])).toEqual({ asked: ["four", "three"], all: [] });
});

it("judges all that fare alike where something is found, for each finding names its service", () => {
  expect(judged([inA("one"), inA("two"), inA("three")], ["one", "two", "three"])).toEqual({
    asked: ["one", "three", "two"],
    all: ["one", "three", "two"],
  });
});

it("tells services apart by their key, and passes over none that has no key", () => {
  const services = [inA("one"), inA("two"), inA("three")];
  expect(judged(services, [], (id) => id).asked).toEqual(["one", "three", "two"]);
  expect(judged(services, [], () => undefined).asked).toEqual(["one", "three", "two"]);
});

it("takes no two services that need each other for one", () => {
  const services = [inA("one", { dependencies: [needs("two")] }), inA("two", { dependencies: [needs("one")] })];
  expect(judged(services).asked).toEqual(["one", "two"]);
});
