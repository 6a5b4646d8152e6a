/**
 * Which account of AWS a resource is made in. Two resources made with one login are of one account, whatever its
 * number; only two numbers tell that two accounts differ.
 */
import { known, unknown, type Known } from "../../model";
import { UNKNOWN, type Resource, type Value } from "../resource";
import type { Stack } from "../stack";
import { at, field, items, propertyPath, text, textAt } from "../values";

export interface Account {
  /** Twelve digits, where the provider's settings or an ARN say them. */
  readonly number: Known<string>;
  /** What the provider logs in with; equal for two resources only if their account is one. */
  readonly login: string;
}

export function accountOf(resource: Resource, stack: Stack): Account {
  const provider = stack.providerOf(resource);
  const own = numberInArn(field(resource.properties, "arn"));
  if (provider === undefined) {
    return { login: "", number: own === undefined ? unknown(propertyPath(resource, "arn")) : known(own) };
  }
  const account = accountOfProvider(provider);
  return account.number.known || own === undefined ? account : { ...account, number: known(own) };
}

/** An account's number where the provider's settings hold one, else whatever they log in with. */
export function accountOfProvider(provider: Resource): Account {
  const { properties } = provider;
  const allowed = items(field(properties, "allowedAccountIds"));
  const roles = field(properties, "assumeRoles");
  const role = at(roles, 0, "roleArn") ?? at(properties, "assumeRole", "roleArn");
  const number = numberInArn(role) ?? (allowed.length === 1 ? text(allowed[0]) : undefined);
  if (number !== undefined) return { login: number, number: known(number) };
  const missing = unknown<string>(propertyPath(provider, "allowedAccountIds"));
  // A role that a preview does not know yet can be of any account.
  if (role === UNKNOWN || roles === UNKNOWN) return { login: provider.urn, number: missing };
  return { login: [textAt(provider, "profile") ?? "", textAt(provider, "accessKey") ?? ""].join("|"), number: missing };
}

/** The account that an ARN names; some, such as a bucket's, name none. */
export function numberInArn(arn: Value): string | undefined {
  const [prefix, , , , number] = text(arn)?.split(":", 6) ?? [];
  return prefix === "arn" ? text(number) : undefined;
}
