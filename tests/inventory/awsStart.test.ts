/** Keys and secrets of one region, which a service of several regions needs to start in each of them. */
import { readEstate } from "../../inventory";
import type { Value } from "../../inventory/resource";
import { judge } from "../../policies/judge";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const [seoul, tokyo] = ["ap-northeast-2", "ap-northeast-1"] as const;
const orders = tags({ service: "orders", tier: "critical" });

/** Functions of two regions that were made from a key and a secret of the first. */
function found(key: { multiRegion: boolean; replica: boolean }, secret: Readonly<Record<string, Value>>, preview: boolean) {
  const stack = new StackBuilder({ preview });
  const shared = stack.add("aws:kms/key:Key", "orders-key", { region: seoul, multiRegion: key.multiRegion, tags: orders });
  if (key.replica) {
    stack.add("aws:kms/replicaKey:ReplicaKey", "orders-key-tokyo", { region: tokyo, primaryKeyArn: output(shared, "arn"), tags: orders });
  }
  const login = stack.add("aws:secretsmanager/secret:Secret", "orders-login", { region: seoul, tags: orders, ...secret });
  for (const region of [seoul, tokyo]) {
    const environment = [output(login, "arn")];
    stack.add("aws:lambda/function:Function", `orders-${region}`, { region, name: "orders", tags: orders, kmsKeyArn: output(shared, "arn"), environment });
  }
  const { findings } = judge(readEstate(stack.resources));
  return findings.filter(({ policy }) => policy === "startup-in-one-site");
} // prettier-ignore

const inTokyo = { replicas: [{ region: tokyo }] };

describe.each([true, false])("what a start in the other region needs (preview: %p)", (preview) => {
  it("finds nothing with a replica of the key and of the secret there", () => {
    expect(found({ multiRegion: true, replica: true }, inTokyo, preview)).toEqual([]);
  });

  it("refuses a key without a replica, and names it", () => {
    expect(found({ multiRegion: false, replica: false }, inTokyo, preview)).toEqual([
      expect.objectContaining({
        level: "mandatory",
        lost: [`region:${seoul}`],
        fix: expect.stringMatching(/^Make the key with multiRegion: true/) as string,
        message: expect.stringMatching(/\(keys\) goes down with it: a key without a replica in another region\.$/) as string,
      }),
    ]);
  }); // prettier-ignore

  it("refuses a secret without replicas, and names it", () => {
    expect(found({ multiRegion: true, replica: true }, {}, preview)).toEqual([
      expect.objectContaining({
        level: "mandatory",
        message: expect.stringMatching(
          /\(secrets\) goes down with it: a secret or parameter without a replica in another region\.$/,
        ) as string,
      }),
    ]);
  });
});
