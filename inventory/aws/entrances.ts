/** Types by which traffic comes in and goes on: what an answer, an origin or an endpoint can name. */

export const balancerTypes = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:elb/loadBalancer:LoadBalancer",
] as const;
export const recordTypes = ["aws:route53/record:Record"] as const;
export const functionTypes = ["aws:lambda/function:Function"] as const;
export const functionUrlTypes = ["aws:lambda/functionUrl:FunctionUrl"] as const;
export const apiTypes = ["aws:apigateway/restApi:RestApi", "aws:apigatewayv2/api:Api"] as const;
export const apiNameTypes = ["aws:apigateway/domainName:DomainName", "aws:apigatewayv2/domainName:DomainName"] as const;
export const apiStageTypes = ["aws:apigateway/stage:Stage", "aws:apigatewayv2/stage:Stage"] as const;
export const distributionTypes = ["aws:cloudfront/distribution:Distribution"] as const;
export const acceleratorTypes = ["aws:globalaccelerator/accelerator:Accelerator"] as const;
export const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
export const accessPointTypes = ["aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint"] as const;
export const appRunnerTypes = ["aws:apprunner/service:Service"] as const;

/** What an answer of a name, or an origin of a distribution, can lead to. */
export const targetTypes: readonly string[] = [
  ...balancerTypes,
  "aws:ec2/eip:Eip",
  "aws:ec2/instance:Instance",
  ...acceleratorTypes,
  ...distributionTypes,
  ...apiNameTypes,
  ...apiTypes,
  ...apiStageTypes,
  ...functionUrlTypes,
  ...appRunnerTypes,
  ...accessPointTypes,
  ...bucketTypes,
  "kubernetes:core/v1:Service",
  "kubernetes:networking.k8s.io/v1:Ingress",
  "kubernetes:gateway.networking.k8s.io/v1:Gateway",
];
