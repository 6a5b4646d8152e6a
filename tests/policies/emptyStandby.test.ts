/** A group that is to be scaled out from zero, behind a name whose other answers serve. */
import { known, type RouteTarget } from "../../model";
import { judge } from "../../policies/judge";
import { changed } from "./examples/compliant";

const today = "2022-10-15";

/** Login with a standby of ten units in Busan, which nothing has started, and its targets changed. */
function found(change: (targets: readonly RouteTarget[]) => readonly RouteTarget[] = (targets) => targets) {
  const estate = changed("login", (login) => ({
    replicas: login.replicas.map((one) =>
      one.id === "login@busan"
        ? { ...one, role: "standby", units: known(10), startSeconds: 300, startNeeds: ["controlPlane:autoscaling/x"] }
        : one,
    ),
    routes: login.routes.map((route) => ({ ...route, targets: change(route.targets) })),
  }));
  return judge(estate, { today }).findings.filter(({ policy }) => policy === "empty-standby");
}

const isBusan = ({ replicas }: RouteTarget) => replicas.includes("login@busan");

it("is refused where it is answered beside the others", () => {
  const says =
    /behind every answer of "login\.example", and what stands behind "target:login@busan" has to be started first/;
  expect(found().filter(({ level, message }) => level === "mandatory" && says.test(message))).toHaveLength(1);
});

it("passes as a last resort, behind a name of its own, and beside units that serve at the same answer", () => {
  expect(found((targets) => targets.map((target) => (isBusan(target) ? { ...target, lastResort: true } : target)))).toEqual([]); // prettier-ignore
  expect(found((targets) => targets.filter(isBusan))).toEqual([]);
  expect(found((targets) => targets.map((target) => ({ ...target, replicas: ["login@pangyo", "login@busan"] })))).toEqual([]); // prettier-ignore
});
