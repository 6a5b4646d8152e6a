/** Records of CloudTrail as AWS writes them. */

type Values = Readonly<Record<string, unknown>>;

export const kim = "arn:aws:sts::111122223333:assumed-role/Operators/kim";

/** A call that Kim has made in Seoul at 10:11:12 on 2022-10-15. */
export function record(service: string, eventName: string, requestParameters: Values, more: Values = {}) {
  return {
    eventVersion: "1.08",
    eventTime: "2022-10-15T10:11:12Z",
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: "ap-northeast-2",
    eventID: `${eventName}-1`,
    readOnly: false,
    managementEvent: true,
    eventCategory: "Management",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLEID:kim",
      arn: kim,
      accessKeyId: "ASIAIOSFODNN7EXAMPLE",
      sessionContext: { sessionIssuer: { type: "Role", userName: "Operators" } },
    },
    requestParameters,
    responseElements: null,
    ...more,
  };
}

/** What `aws cloudtrail lookup-events --output json` prints of them. */
export function lookedUp(...records: readonly ReturnType<typeof record>[]) {
  return {
    Events: records.map((each) => ({
      EventId: each.eventID,
      EventName: each.eventName,
      EventTime: each.eventTime,
      ReadOnly: "false",
      Username: "kim",
      Resources: [],
      CloudTrailEvent: JSON.stringify(each),
    })),
  };
}
