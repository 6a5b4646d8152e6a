/** Which silence is worth asking again for: a cloud that was asked too fast answers a little later. */

/**
 * Error codes of throttling (AWS SDKs and Tools Reference Guide, "Retry behavior"), without `LimitExceededException`,
 * which is a quota as well; Kubernetes' reason for 429, and what its client says of its own limit.
 */
const codes = [
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequests",
  "TooManyRequestsException",
];

const pattern = new RegExp(
  String.raw`\b(?:${codes.join("|")})\b|rate exceeded|too many requests|StatusCode: 429|client rate limiter`,
  "i",
);

/** Whether what a cloud or the engine says is that it was asked too fast. */
export function isThrottled(text: string): boolean {
  return pattern.test(text);
}
