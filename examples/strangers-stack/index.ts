/**
 * A shop as many teams run it: one region, three zones, a load balancer, a database with a standby. No word of Duplex.
 */
import * as aws from "@pulumi/aws";

const zones = ["apne2-az1", "apne2-az2", "apne2-az3"];
const tags = { Application: "shop" };

const network = new aws.ec2.Vpc("shop", { cidrBlock: "10.20.0.0/16", tags });
const subnets = zones.map(
  (availabilityZoneId, index) =>
    new aws.ec2.Subnet(`shop-${availabilityZoneId}`, {
      vpcId: network.id,
      availabilityZoneId,
      cidrBlock: `10.20.${index * 16}.0/20`,
      tags,
    }),
);
const subnetIds = subnets.map((subnet) => subnet.id);

const balancer = new aws.lb.LoadBalancer("shop", {
  loadBalancerType: "application",
  internal: true,
  subnets: subnetIds,
  tags,
});
const targets = new aws.lb.TargetGroup("shop", {
  port: 8080,
  protocol: "HTTP",
  vpcId: network.id,
  healthCheck: { path: "/healthz", interval: 10, unhealthyThreshold: 3 },
  tags,
});
new aws.lb.Listener("shop", {
  loadBalancerArn: balancer.arn,
  port: 80,
  protocol: "HTTP",
  defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
});

const template = new aws.ec2.LaunchTemplate("shop", {
  imageId: "ami-0123456789abcdef0",
  instanceType: "m7g.large",
  tags,
});
new aws.autoscaling.Group("shop", {
  vpcZoneIdentifiers: subnetIds,
  minSize: 3,
  maxSize: 9,
  desiredCapacity: 6,
  launchTemplate: { id: template.id, version: "$Latest" },
  targetGroupArns: [targets.arn],
  tags: [{ key: "Application", value: "shop", propagateAtLaunch: true }],
});

const group = new aws.rds.SubnetGroup("shop", { subnetIds, tags });
new aws.rds.Instance("shop", {
  engine: "postgres",
  instanceClass: "db.m7g.large",
  allocatedStorage: 100,
  multiAz: true,
  dbSubnetGroupName: group.name,
  backupRetentionPeriod: 7,
  username: "shop",
  manageMasterUserPassword: true,
  skipFinalSnapshot: true,
  tags,
});
