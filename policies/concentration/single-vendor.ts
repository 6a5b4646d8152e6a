import { judgeLossOf } from "../evidence/loss";
import type { Policy } from "../policy";

export const singleVendor: Policy = {
  name: "single-vendor",
  code: "DPX308",
  title: "No critical service goes down with one vendor",
  family: "concentration",
  severity: "high",
  rows: ["6"],
  why:
    "An exchange that was itself healthy shut its users out, because logging in hung on a vendor that was not. Third " +
    "parties are failure domains like buildings.",
  proves:
    "Takes each vendor away in the model, with the services that stand for it. A need that any one of several " +
    "vendors meets survives the loss of one.",
  fix: {
    text: "Offer a second vendor, or a way of one's own, for the same need, and declare both as one `a|b` dependency.",
    snippet: 'tags: { "duplex:depends-on": "payment-gateway-a|payment-gateway-b" }',
  },
  loss: "vendor",
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  judge: judgeLossOf("vendor"),
};
