/** What a schema cannot see: names that nothing has, and figures that a contract needs. */
import type { LedgerPolicy, OutageRecord } from "./policy";

/** A mistake at a path of the document. */
export interface LedgerMistake {
  readonly code: string;
  readonly at: readonly (string | number)[];
  readonly message: string;
  readonly fix: string;
}

export function policyMistakes({ contracts, services, operators }: LedgerPolicy): readonly LedgerMistake[] {
  const ofParties = Object.entries(services).flatMap(([service, { parties }]) =>
    parties.flatMap((party, index): LedgerMistake[] => {
      const at = ["services", service, "parties", index];
      const contract = Object.hasOwn(contracts, party.contract) ? contracts[party.contract] : undefined;
      if (contract === undefined) return [unknownName([...at, "contract"], party.contract, "contract", contracts)];
      const needed =
        contract.kind === "credit" ? "monthlyCharge" : contract.kind === "trade" ? "dailyTrade" : undefined;
      if (needed === undefined || party[needed] !== undefined) return [];
      return [
        {
          code: "DPX606",
          at: [...at, needed],
          message: `"${party.contract}" is a contract of kind ${contract.kind}, and ${party.name} have no ${needed}.`,
          fix: `Write their ${needed}: the ledger takes no figure for 0 that nobody has given.`,
        },
      ];
    }),
  );
  const ofOperators = Object.entries(operators).flatMap(([operator, one]) =>
    one.services.flatMap((name, index) =>
      Object.hasOwn(services, name)
        ? []
        : [unknownName(["operators", operator, "services", index], name, "service", services)],
    ),
  );
  return [...ofParties, ...ofOperators];
}

export function outageMistakes({ outages }: OutageRecord, policy: LedgerPolicy): readonly LedgerMistake[] {
  return outages.flatMap((outage, index): LedgerMistake[] => {
    const at = ["outages", index];
    const named = (["services", "operators"] as const).flatMap((kind) =>
      outage[kind].flatMap((name, place) =>
        Object.hasOwn(policy[kind], name)
          ? []
          : [unknownName([...at, kind, place], name, kind.slice(0, -1), policy[kind])],
      ),
    );
    if (Date.parse(outage.to) > Date.parse(outage.from)) return named;
    return [
      ...named,
      {
        code: "DPX607",
        at: [...at, "to"],
        message: `An outage from ${outage.from} cannot end at ${outage.to}.`,
        fix: "Write an end that comes after the beginning; the offsets from UTC count.",
      },
    ];
  });
}

function unknownName(at: LedgerMistake["at"], name: string, kind: string, known: object): LedgerMistake {
  const names = Object.keys(known).sort().join(", ") || "none";
  return {
    code: "DPX605",
    at,
    message: `The policy has no ${kind} "${name}".`,
    fix: `Write one of its own, or add it to the policy: ${names}.`,
  };
}
