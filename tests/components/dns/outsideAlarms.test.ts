import { OutsideAlarms } from "../../../components/dns/outsideAlarms";
import { record } from "../../support/pulumiMocks";

it("watches every address of every site from us-east-1, and mails", async () => {
  const watched = [{ service: "login", domainName: "login.duplex.example", site: "seoul", checkIds: ["one", "two"] }];
  const made = await record(() => new OutsideAlarms("alarms", { watched, emails: ["oncall@example.net"] }));
  const regional = made.resources.filter(({ custom }) => custom);
  expect(regional.filter(({ inputs }) => inputs["region"] !== "us-east-1")).toEqual([]);
  const { inputs } = made.one("aws:cloudwatch/metricAlarm:MetricAlarm", "alarms-login-seoul");
  expect(inputs).toMatchObject({
    treatMissingData: "breaching",
    alarmActions: ["arn:alarms"],
    metricQueries: [
      { expression: "MIN([m0, m1])", returnData: true },
      { metric: { metricName: "HealthCheckStatus", dimensions: { HealthCheckId: "one" } } },
      { metric: { metricName: "HealthCheckStatus", dimensions: { HealthCheckId: "two" } } },
    ],
  });
  expect(made.ofType("aws:sns/topicSubscription:TopicSubscription").map((mail) => mail.inputs["endpoint"])).toEqual([
    "oncall@example.net",
  ]);
});
