/** Tokens of types that several files refer to. */
export const ecsServiceType = "aws:ecs/service:Service";
export const lambdaType = "aws:lambda/function:Function";
export const lambdaAliasType = "aws:lambda/alias:Alias";
export const loadBalancerType = "aws:lb/loadBalancer:LoadBalancer";
export const listenerType = "aws:lb/listener:Listener";
export const topicType = "aws:sns/topic:Topic";
