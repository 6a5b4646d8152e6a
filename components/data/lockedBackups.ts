import * as backup from "@pulumi/aws/backup";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { type CloudSite, type Mistake, tagKeys } from "../../model";
import { physicalName } from "../common/names";
import { argumentMistake, outsideRange, refuseIfAny } from "../common/refuse";

export interface LockedBackupsArgs {
  /**
   * Regions in which stores are managed; each gets a vault and a plan. A region taken away keeps its vault's backups.
   */
  readonly stores: readonly CloudSite[];
  /** Region of the second copy, none of `stores`. */
  readonly copyTo: CloudSite;
  /** Seconds between two backups: 3600, 21600, 43200 or 86400. In place. */
  readonly everySeconds: number;
  /** Days that a backup is kept, 7 to 3650. In place; a locked vault refuses fewer. */
  readonly keepDays: number;
  /**
   * False leaves the vaults open to be emptied and deleted. @default true: after three days nobody can, AWS included
   */
  readonly locked?: boolean;
  /**
   * Whether the newest backup of every store is restored, and deleted again, on the first of each month. @default true
   */
  readonly restoreTests?: boolean;
}

/** Days in which a lock can still be taken back, the fewest that AWS allows. */
const graceDays = 3;

/**
 * Backups of every cloud store (whatever is tagged as layer `store`) in its own region, and a copy in another one, in
 * vaults locked in compliance mode: an intruder with production credentials cannot erase them (incident row 5). Each
 * month one backup of every store is restored: a backup that was never restored is a hope (finding K12).
 *
 * Cost: storage of `keepDays` of backups, twice, the copying between regions, and once a month a restore of each store.
 */
export class LockedBackups extends pulumi.ComponentResource {
  constructor(name: string, args: LockedBackupsArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(lockedBackupsMistakes(name, args));
    const stated = { sites: [...args.stores, args.copyTo].map((site) => site.name) };
    super("duplex:data:LockedBackups", name, stated, options);

    const role = createRole(this, name);
    const copy = createVault(this, name, args.copyTo, args);
    const restoring = args.restoreTests === false ? undefined : createRestoreRole(this, name);
    for (const site of args.stores) {
      const vault = createVault(this, name, site, args);
      createPlan(this, name, site, args, vault, copy, role);
      if (restoring) createRestoreTests(this, name, site, vault, restoring);
    }
    this.registerOutputs(stated);
  }
}

/** All mistakes in the arguments. */
function lockedBackupsMistakes(name: string, args: LockedBackupsArgs): readonly Mistake[] {
  const known = Object.keys(schedules).map(Number);
  return [
    ...outsideRange("DPX217", name, "keepDays", args.keepDays, 7, 3650),
    ...(known.includes(args.everySeconds)
      ? []
      : [
          argumentMistake(
            "DPX218",
            name,
            `everySeconds must be one of ${known.join(", ")}, but is ${args.everySeconds}.`,
            "Write one of these.",
          ),
        ]),
    ...args.stores
      .filter((site) => site.region === args.copyTo.region)
      .map((site) =>
        argumentMistake(
          "DPX219",
          name,
          `The second copy must stand in another region than the stores, but "${site.name}" and ` +
            `"${args.copyTo.name}" are both in ${site.region}.`,
          "Name a cloud site in another region.",
        ),
      ),
  ];
}

const schedules: Readonly<Record<number, string>> = {
  3600: "cron(0 * * * ? *)",
  21600: "cron(0 0/6 * * ? *)",
  43200: "cron(0 0/12 * * ? *)",
  86400: "cron(0 0 * * ? *)",
};

function createVault(parent: LockedBackups, name: string, site: CloudSite, { keepDays, locked }: LockedBackupsArgs) {
  const { region } = site;
  const full = `${name}-${site.name}`;
  // A name that is given: the plans of other regions refer to it before it exists.
  const tags = { [tagKeys.site]: site.name };
  const vault = new backup.Vault(full, { region, name: physicalName(full, 50), tags }, { parent });
  new backup.VaultLockConfiguration(
    full,
    {
      region,
      backupVaultName: vault.name,
      minRetentionDays: keepDays,
      ...(locked === false ? {} : { changeableForDays: graceDays }),
    },
    { parent },
  );
  return vault;
}

function createPlan(
  parent: LockedBackups,
  name: string,
  site: CloudSite,
  { everySeconds, keepDays }: LockedBackupsArgs,
  vault: backup.Vault,
  copy: backup.Vault,
  role: iam.Role,
): void {
  const { region } = site;
  const full = `${name}-${site.name}`;
  const lifecycle = { deleteAfter: keepDays };
  const plan = new backup.Plan(
    full,
    {
      region,
      name: physicalName(full, 50),
      rules: [
        {
          ruleName: "locked",
          targetVaultName: vault.name,
          schedule: schedules[everySeconds],
          lifecycle,
          copyActions: [{ destinationVaultArn: copy.arn, lifecycle }],
        },
      ],
    },
    { parent },
  );
  new backup.Selection(
    full,
    {
      region,
      name: physicalName(full, 50),
      planId: plan.id,
      iamRoleArn: role.arn,
      selectionTags: [{ type: "STRINGEQUALS", key: tagKeys.layer, value: "store" }],
    },
    { parent },
  );
}

/**
 * What AWS Backup calls the kinds of stores that the components make (AWS Backup Developer Guide, "Restore testing").
 */
const restoredTypes = { tables: "DynamoDB", databases: "Aurora", buckets: "S3" } as const;

/** Restores the newest backup of every store, of each kind that there may be; what is restored is deleted by itself. */
function createRestoreTests(
  parent: LockedBackups,
  name: string,
  { name: site, region }: CloudSite,
  vault: backup.Vault,
  role: iam.Role,
): void {
  const full = `${name}-${site}`;
  const plan = new backup.RestoreTestingPlan(
    full,
    {
      region,
      // Letters, digits and underscores: AWS takes nothing else here.
      name: physicalName(full, 50).replaceAll("-", "_"),
      scheduleExpression: "cron(0 6 1 * ? *)",
      recoveryPointSelection: {
        algorithm: "LATEST_WITHIN_WINDOW",
        includeVaults: [vault.arn],
        recoveryPointTypes: ["SNAPSHOT"],
      },
    },
    { parent },
  );
  for (const [part, protectedResourceType] of Object.entries(restoredTypes)) {
    new backup.RestoreTestingSelection(
      `${full}-${part}`,
      {
        region,
        name: physicalName(`${full}-${part}`, 50).replaceAll("-", "_"),
        restoreTestingPlanName: plan.name,
        iamRoleArn: role.arn,
        protectedResourceType,
        protectedResourceArns: ["*"],
        protectedResourceConditions: {
          stringEquals: [{ key: `aws:ResourceTag/${tagKeys.layer}`, value: "store" }],
        },
      },
      { parent },
    );
  }
}

/** The role that backs up; AWS' own policies give it the rights to back up, and nothing but that. */
function createRole(parent: LockedBackups, name: string): iam.Role {
  return assumedByBackup(parent, name, {
    stores: "service-role/AWSBackupServiceRolePolicyForBackup",
    buckets: "AWSBackupServiceRolePolicyForS3Backup",
  });
}

/** The role that restores: another one, so that what backs up can write nothing into a store. */
function createRestoreRole(parent: LockedBackups, name: string): iam.Role {
  return assumedByBackup(parent, `${name}-restore`, {
    stores: "service-role/AWSBackupServiceRolePolicyForRestores",
    buckets: "AWSBackupServiceRolePolicyForS3Restore",
  });
}

function assumedByBackup(parent: LockedBackups, name: string, policies: Readonly<Record<string, string>>): iam.Role {
  const role = new iam.Role(
    name,
    {
      name: physicalName(name, 64),
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "backup.amazonaws.com" } }],
      },
    },
    { parent },
  );
  for (const [part, policy] of Object.entries(policies)) {
    const policyArn = `arn:aws:iam::aws:policy/${policy}`;
    new iam.RolePolicyAttachment(`${name}-${part}`, { role: role.name, policyArn }, { parent });
  }
  return role;
}
