/** Restore tests of AWS Backup: which stores' recovery points are restored, and how often. */
import { unknown, type Known } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { at, field, items, propertyPath, text, textAt, texts } from "../../values";
import { named } from "../placing";
import { intervalOf } from "./schedule";
import { storesCalled } from "./selected";

const planTypes = ["aws:backup/restoreTestingPlan:RestoreTestingPlan"] as const;
/** How keys of tags are written in the conditions. */
const tagPrefix = "aws:ResourceTag/";

export const restoreTests: Reader = {
  gives: "how often backups of the stores that it selects are restored",
  types: ["aws:backup/restoreTestingSelection:RestoreTestingSelection"],
  read(resource, into, context) {
    const plan = named(resource, "restoreTestingPlanName", planTypes, context);
    into.attach(resource);
    if (plan === undefined) return;
    const intervalSeconds = intervalOfPlan(plan);
    for (const store of selected(resource, context)) {
      into.state({ kind: "restoreTest", urn: resource.urn, intervalSeconds }, store.urn);
    }
  },
};

/** Read with the selections that name them. */
export const restoreTestPlans: Reader = {
  gives: "the schedule of restore tests",
  types: planTypes,
  read: (resource, into) => into.attach(resource),
};

function intervalOfPlan(plan: Resource): Known<number> {
  const path = propertyPath(plan, "scheduleExpression");
  const schedule = field(plan.properties, "scheduleExpression");
  // Unlike a backup plan, a test without a schedule has no default one.
  return typeof schedule === "string" ? intervalOf(schedule, path) : unknown(path);
}

/** Stores of the selection's type, by ARN (`*`, or none, is any), of which all tags of the conditions fit. */
function selected(selection: Resource, { stack }: ReadContext): readonly Resource[] {
  const types = storesCalled(textAt(selection, "protectedResourceType") ?? "");
  const listed = field(selection.properties, "protectedResourceArns");
  const any = texts(listed).includes("*");
  const byArn = any ? [] : stack.references(selection, "protectedResourceArns", types, listed).resources;
  if (byArn.length > 0) return byArn;
  const stores = types.flatMap((type) => stack.ofType(type));
  const equal = items(at(selection.properties, "protectedResourceConditions", "stringEquals"));
  const wanted = equal.map(
    (one) => [text(field(one, "key"))?.slice(tagPrefix.length), text(field(one, "value"))] as const,
  );
  if (wanted.length === 0) return any ? stores : [];
  return stores.filter((store) =>
    wanted.every(
      ([key, value]) => key !== undefined && value !== undefined && at(store.properties, "tags", key) === value,
    ),
  );
}
