/** Backup, alarms, logs. */
import type { ResourceType } from "../engine/resourceType";
import { asText, text, texts, type Properties, type Value } from "../engine/values";
import { arn, awsType, given, oneOf, regionalName, volatile, within } from "./awsType";
import { roleType } from "./iam";
import { anyKey, serviceKeys, uuid } from "./keys";

const vaultType = "aws:backup/vault:Vault";
const planType = "aws:backup/plan:Plan";
const lockType = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";

/** Refuses what AWS does not take as a schedule. */
function refuseSchedule(path: string, value: Value | undefined, refuse: (path: string, reason: string) => void): void {
  const schedule = text(value);
  if (schedule === undefined || /^(cron\(\S+( \S+){5}\)|rate\(\d+ \w+\))$/.test(schedule)) return;
  refuse(path, `${path} must be cron(six fields), and is "${schedule}".`);
}

const vault = awsType({
  token: vaultType,
  id: (making) => given(making, "name"),
  naming: regionalName("name", 50, {
    pattern: /^[\w-]{2,}$/,
    patternText: "2 or more letters, digits, hyphens or underscores",
    prefixPath: undefined,
  }),
  replaceOn: ["name", "kmsKeyArn"],
  defaults: { forceDestroy: false },
  references: [{ path: "kmsKeyArn", to: anyKey, bond: "needs", except: serviceKeys }],
  outputs: {
    arn: (making) => arn(making, "backup", `backup-vault:${making.id}`),
    kmsKeyArn: (making) => arn(making, "kms", "alias/aws/backup"),
    recoveryPoints: () => 0,
  },
});

const vaultLock = awsType({
  token: lockType,
  tagged: false,
  id: (making) => given(making, "backupVaultName"),
  replaceOn: ["backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"],
  deleteBeforeReplace: true,
  references: [{ path: "backupVaultName", to: [vaultType], bond: "dies" }],
  check: (inputs, refuse) => {
    within(inputs, refuse, "changeableForDays", 3, 36_500);
    within(inputs, refuse, "minRetentionDays", 1, 36_500);
    within(inputs, refuse, "maxRetentionDays", 1, 36_500);
  },
  outputs: { backupVaultArn: (making) => arn(making, "backup", `backup-vault:${given(making, "backupVaultName")}`) },
});

const plan = awsType({
  token: planType,
  id: uuid,
  naming: regionalName("name", 50, {
    pattern: /^[\w.-]+$/,
    patternText: "letters, digits and .-_",
    prefixPath: undefined,
  }),
  replaceOn: ["name"],
  sets: ["rules"],
  references: [
    { path: "rules[].targetVaultName", to: [vaultType], bond: "needs" },
    { path: "rules[].copyActions[].destinationVaultArn", to: [vaultType], bond: "needs", crossesRegions: true },
  ],
  check: (inputs, refuse) => {
    for (const [index, rule] of (inputs["rules"] as readonly Properties[] | undefined)?.entries?.() ?? []) {
      refuseSchedule(`rules[${index}].schedule`, rule["schedule"], refuse);
    }
  },
  outputs: {
    arn: (making) => arn(making, "backup", `backup-plan:${making.id}`),
    version: volatile((making) => making.hex(48, `version${making.revision}`)),
  },
});

const selection = awsType({
  token: "aws:backup/selection:Selection",
  tagged: false,
  id: uuid,
  naming: regionalName("name", 50, {
    space: ({ planId }) => text(planId) ?? "",
    pattern: /^[\w.-]+$/,
    patternText: "letters, digits and .-_",
    prefixPath: undefined,
  }),
  replaceOn: "all",
  references: [
    { path: "planId", to: [planType], bond: "holds" },
    { path: "iamRoleArn", to: [roleType], bond: "needs" },
  ],
  outputs: {},
});

const underscored = { pattern: /^\w+$/, patternText: "letters, digits and underscores", prefixPath: undefined };
const testPlanType = "aws:backup/restoreTestingPlan:RestoreTestingPlan";

const restoreTestPlan = awsType({
  token: testPlanType,
  id: (making) => given(making, "name"),
  naming: regionalName("name", 50, underscored),
  replaceOn: ["name"],
  defaults: { scheduleExpressionTimezone: "Etc/UTC", startWindowHours: 24 },
  references: [{ path: "recoveryPointSelection.includeVaults[]", to: [vaultType], bond: "needs" }],
  check: (inputs, refuse) => {
    within(inputs, refuse, "startWindowHours", 1, 168);
    refuseSchedule("scheduleExpression", inputs["scheduleExpression"], refuse);
    const algorithm = text((inputs["recoveryPointSelection"] as Properties | undefined)?.["algorithm"]);
    const known = ["LATEST_WITHIN_WINDOW", "RANDOM_WITHIN_WINDOW"];
    if (algorithm !== undefined && !known.includes(algorithm)) {
      refuse(
        "recoveryPointSelection.algorithm",
        `recoveryPointSelection.algorithm must be one of ${known.join(", ")}, and is "${algorithm}".`,
      );
    }
  },
  outputs: { arn: (making) => arn(making, "backup", `restore-testing-plan:${making.id}`) },
});

const restoreTestSelection = awsType({
  token: "aws:backup/restoreTestingSelection:RestoreTestingSelection",
  tagged: false,
  id: (making) => `${given(making, "restoreTestingPlanName")}:${given(making, "name")}`,
  naming: regionalName("name", 50, {
    ...underscored,
    space: ({ restoreTestingPlanName }) => text(restoreTestingPlanName) ?? "",
  }),
  replaceOn: ["name", "restoreTestingPlanName", "protectedResourceType"],
  check: (inputs, refuse) => within(inputs, refuse, "validationWindowHours", 1, 168),
  references: [
    { path: "restoreTestingPlanName", to: [testPlanType], bond: "holds" },
    { path: "iamRoleArn", to: [roleType], bond: "needs" },
  ],
  outputs: {},
});

const comparisons = [
  ...["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"],
  ...["LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"],
];

const metricAlarm = awsType({
  token: "aws:cloudwatch/metricAlarm:MetricAlarm",
  id: (making) => given(making, "name"),
  naming: regionalName("name", 255, { pattern: /^[^\r\n]+$/, patternText: "on one line", prefixPath: undefined }),
  replaceOn: ["name"],
  defaults: { actionsEnabled: true, treatMissingData: "missing" },
  sets: ["alarmActions", "okActions", "insufficientDataActions"],
  check: (inputs, refuse) => {
    oneOf(inputs, refuse, "comparisonOperator", comparisons);
    refuseForeignTopics(inputs, refuse);
    oneOf(inputs, refuse, "treatMissingData", ["missing", "ignore", "breaching", "notBreaching"]);
    const sources = ["metricName", "metricQueries", "evaluationCriteria"].filter((key) => inputs[key] !== undefined);
    if (sources.length !== 1)
      refuse("metricName", "Exactly one of metricName, metricQueries and evaluationCriteria must be given.");
    if (inputs["metricName"] === undefined) return;
    for (const key of ["namespace", "period", "evaluationPeriods", "comparisonOperator"]) {
      if (inputs[key] === undefined) refuse(key, `${key} is required with metricName.`);
    }
    if (inputs["statistic"] === undefined && inputs["extendedStatistic"] === undefined) {
      refuse("statistic", "One of statistic and extendedStatistic is required with metricName.");
    }
  },
  outputs: {
    arn: (making) => arn(making, "cloudwatch", `alarm:${making.id}`),
    evaluateLowSampleCountPercentiles: () => "",
  },
});

/** An alarm tells topics of its own region only (Amazon CloudWatch User Guide, "Alarm actions"). */
function refuseForeignTopics(inputs: Properties, refuse: (path: string, reason: string) => void): void {
  for (const key of ["alarmActions", "okActions", "insufficientDataActions"]) {
    for (const topic of texts(inputs[key])) {
      const place = /^arn:[\w-]+:sns:([\w-]+):/.exec(topic)?.[1];
      if (place === undefined || place === inputs["region"]) continue;
      refuse(
        key,
        `${key} must name topics of ${asText(inputs["region"])}, the alarm's region, and names one of ${place}.`,
      );
    }
  }
}

const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logGroup = awsType({
  token: "aws:cloudwatch/logGroup:LogGroup",
  id: (making) => given(making, "name"),
  naming: regionalName("name", 512),
  replaceOn: ["name", "namePrefix", "logGroupClass"],
  defaults: { retentionInDays: 0, skipDestroy: false },
  references: [{ path: "kmsKeyId", to: anyKey, bond: "needs" }],
  check: (inputs, refuse) => {
    const days = inputs["retentionInDays"];
    if (typeof days === "number" && !retentions.includes(days)) {
      refuse("retentionInDays", `retentionInDays must be one of ${retentions.join(", ")}, and is ${days}.`);
    }
  },
  outputs: { arn: (making) => arn(making, "logs", `log-group:${making.id}`), logGroupClass: () => "STANDARD" },
});

export const operationTypes: readonly ResourceType[] = [
  vault,
  vaultLock,
  plan,
  selection,
  restoreTestPlan,
  restoreTestSelection,
  metricAlarm,
  logGroup,
];
