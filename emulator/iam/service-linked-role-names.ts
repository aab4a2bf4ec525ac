/**
 * Names of service-linked roles after "AWSServiceRoleFor", by the first part of the service's principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const names: Readonly<Record<string, string>> = {
  "accountdiscovery.ssm": "AmazonSSM_AccountDiscovery",
  "apidestinations.events": "AmazonEventBridgeApiDestinations",
  autoscaling: "AutoScaling",
  backup: "Backup",
  batch: "Batch",
  "cassandra.application-autoscaling": "ApplicationAutoScaling_CassandraTable",
  cks: "KeyManagementServiceCustomKeyStores",
  config: "Config",
  "custom-resource.application-autoscaling": "ApplicationAutoScaling_CustomResource",
  "dynamodb.application-autoscaling": "ApplicationAutoScaling_DynamoDBTable",
  "ec2-instance-connect": "EC2InstanceConnect",
  "ec2.application-autoscaling": "ApplicationAutoScaling_EC2SpotFleetRequest",
  ecs: "ECS",
  "ecs.application-autoscaling": "ApplicationAutoScaling_ECSService",
  eks: "AmazonEKS",
  "eks-fargate": "AmazonEKSForFargate",
  "eks-nodegroup": "AmazonEKSNodegroup",
  elasticache: "ElastiCache",
  "elasticache.application-autoscaling": "ApplicationAutoScaling_ElastiCacheRG",
  elasticfilesystem: "AmazonElasticFileSystem",
  elasticloadbalancing: "ElasticLoadBalancing",
  "email.cognito-idp": "AmazonCognitoIdpEmailService",
  globalaccelerator: "GlobalAccelerator",
  guardduty: "AmazonGuardDuty",
  inspector2: "AmazonInspector2",
  kafka: "Kafka",
  "lambda.application-autoscaling": "ApplicationAutoScaling_LambdaConcurrency",
  "delivery.logs": "LogDelivery",
  "mrk.kms": "KeyManagementServiceMultiRegionKeys",
  "ops.apigateway": "APIGateway",
  opensearchservice: "AmazonOpenSearchService",
  organizations: "Organizations",
  rds: "RDS",
  "rds.application-autoscaling": "ApplicationAutoScaling_RDSCluster",
  "replication.dynamodb": "DynamoDBReplication",
  "replication.ecr": "ECRReplication",
  "pullthroughcache.ecr": "ECRPullThroughCache",
  redshift: "Redshift",
  "sagemaker.application-autoscaling": "ApplicationAutoScaling_SageMakerEndpoint",
  securityhub: "SecurityHub",
  servicequotas: "ServiceQuotas",
  spot: "EC2Spot",
  spotfleet: "EC2SpotFleet",
  ssm: "AmazonSSM",
  support: "Support",
  transitgateway: "VPCTransitGateway",
  trustedadvisor: "TrustedAdvisor",
  wafv2: "WAFV2Logging",
};

/** The name of the service-linked role of a service's principal, such as "ecs.amazonaws.com"; undefined when it is not known. */
export function linkedRoleName(principal: string): string | undefined {
  const name = names[principal.replace(/\.amazonaws\.com(\.cn)?$/, "")];
  return name === undefined ? undefined : `AWSServiceRoleFor${name}`;
}
