import { container, rateRule, record } from "./documents";
import type { Mistake } from "./mistake";

const json = JSON.stringify;

const task =
  "ecs register-task-definition --family other --requires-compatibilities FARGATE --network-mode awsvpc --cpu 256";
const service = "ecs create-service --cluster shop --task-definition web --launch-type FARGATE";
const tasksInSubnet = "--desired-count 1 --network-configuration awsvpcConfiguration={subnets=[{subnetA}]}";
const targetGroup = "elbv2 create-target-group --protocol HTTP --port 80 --target-type ip --vpc-id {vpc}";
const listener = "elbv2 create-listener --load-balancer-arn {loadBalancer}";
const rule = "elbv2 create-rule --listener-arn {listener} --conditions Field=path-pattern,Values=/a";
const webAcl =
  "wafv2 create-web-acl --scope REGIONAL --default-action Allow={} --visibility-config SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=shop";
const scaling =
  "application-autoscaling register-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount";

/** Mistakes on the way of a request: networks, load balancers, tasks and APIs. */
export const servingMistakes: readonly Mistake[] = [
  [
    "a route made twice",
    "ec2 create-route --route-table-id {routes} --destination-cidr-block 0.0.0.0/0 --gateway-id {gateway}",
    "RouteAlreadyExists",
    "ec2 create-route --route-table-id {routes} --destination-cidr-block 198.51.100.0/24 --gateway-id {gateway}",
  ],
  [
    "a subnet that overlaps another",
    "ec2 create-subnet --vpc-id {vpc} --cidr-block 10.0.1.128/25",
    "InvalidSubnet.Conflict",
  ],
  [
    "a rule of a security group made twice",
    "ec2 authorize-security-group-ingress --group-id {securityGroup} --protocol tcp --port 80 --cidr 10.0.0.0/16",
    "InvalidPermission.Duplicate",
  ],
  ["a VPC with subnets deleted", "ec2 delete-vpc --vpc-id {vpc}", "DependencyViolation"],
  [
    "a load balancer in one zone",
    "elbv2 create-load-balancer --name narrow --scheme internal --subnets {subnetA}",
    "ValidationError",
    "elbv2 create-load-balancer --name wide --scheme internal --subnets {subnetA} {subnetB}",
  ],
  [
    "an internet-facing load balancer in a VPC without internet gateway",
    "elbv2 create-load-balancer --name public --subnets {closedA} {closedB}",
    "InvalidSubnet",
    "elbv2 create-load-balancer --name public --subnets {subnetA} {subnetB}",
  ],
  [
    "a target group in use deleted",
    "elbv2 delete-target-group --target-group-arn {targets}",
    "ResourceInUse",
    "elbv2 delete-target-group --target-group-arn {freeTargets}",
  ],
  [
    "a target group with a name of 33 characters",
    `${targetGroup} --name shop-${"x".repeat(28)}`,
    "ValidationError",
    `${targetGroup} --name shop-${"x".repeat(27)}`,
  ],
  [
    "a health check whose timeout is longer than its interval",
    `${targetGroup} --name slow --health-check-interval-seconds 10 --health-check-timeout-seconds 20`,
    "ValidationError",
  ],
  [
    "a listener on a used port",
    `${listener} --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn={targets}`,
    "DuplicateListener",
    `${listener} --protocol HTTP --port 81 --default-actions Type=forward,TargetGroupArn={targets}`,
  ],
  [
    "an HTTPS listener whose certificate is not issued",
    `${listener} --protocol HTTPS --port 443 --certificates CertificateArn={certificate} --default-actions Type=forward,TargetGroupArn={targets}`,
    "UnsupportedCertificate",
  ],
  [
    "a priority of a listener rule used twice",
    `${rule} --priority 10 --actions Type=forward,TargetGroupArn={targets}`,
    "PriorityInUse",
  ],
  [
    "a pair of CPU and memory that Fargate does not have",
    `${task} --memory 4096 --container-definitions ${json([container])}`,
    "ClientException",
    `${task} --memory 2048 --container-definitions ${json([container])}`,
  ],
  [
    "a host port other than the container port in mode awsvpc",
    `${task} --memory 512 --container-definitions ${json([{ ...container, portMappings: [{ containerPort: 80, hostPort: 8080 }] }])}`,
    "ClientException",
  ],
  [
    "a container with a secret in a task definition without execution role",
    `${task} --memory 512 --container-definitions ${json([{ ...container, secrets: [{ name: "TOKEN", valueFrom: "arn:aws:ssm:us-east-1:123456789012:parameter/token" }] }])}`,
    "ClientException",
    `${task} --memory 512 --execution-role-arn {role} --container-definitions ${json([{ ...container, secrets: [{ name: "TOKEN", valueFrom: "arn:aws:ssm:us-east-1:123456789012:parameter/token" }] }])}`,
  ],
  [
    "a service whose load balancer names an unknown container",
    `${service} --service-name other ${tasksInSubnet} --load-balancers targetGroupArn={targets},containerName=app,containerPort=80`,
    "InvalidParameterException",
    `${service} --service-name other ${tasksInSubnet} --load-balancers targetGroupArn={targets},containerName=web,containerPort=80`,
  ],
  [
    "a service with a target group that no listener uses",
    `${service} --service-name other ${tasksInSubnet} --load-balancers targetGroupArn={freeTargets},containerName=web,containerPort=80`,
    "InvalidParameterException",
  ],
  ["a service created twice", `${service} --service-name web ${tasksInSubnet}`, "InvalidParameterException"],
  ["a cluster with services deleted", "ecs delete-cluster --cluster shop", "ClusterContainsServicesException"],
  [
    "a scalable target of a service that does not exist",
    `${scaling} --resource-id service/shop/lost --min-capacity 1 --max-capacity 2`,
    "ValidationException",
    `${scaling} --resource-id service/shop/web --min-capacity 1 --max-capacity 2`,
  ],
  [
    "a path part of a REST API used twice",
    "apigateway create-resource --rest-api-id {api} --parent-id {root} --path-part items",
    "ConflictException",
  ],
  [
    "a deployment of a REST API without methods",
    "apigateway create-deployment --rest-api-id {emptyApi}",
    "BadRequestException",
    "apigateway create-deployment --rest-api-id {api}",
  ],
  [
    "the deployment of a stage deleted",
    "apigateway delete-deployment --rest-api-id {api} --deployment-id {deployment}",
    "BadRequestException",
  ],
  [
    "a route of an HTTP API made twice",
    "apigatewayv2 create-route --api-id {httpApi} --route-key $default",
    "ConflictException",
  ],
  [
    "a domain prefix of Cognito that is taken",
    "cognito-idp create-user-pool-domain --domain shop-login --user-pool-id {otherPool}",
    "InvalidParameterException",
  ],
  [
    "a user pool with a domain deleted",
    "cognito-idp delete-user-pool --user-pool-id {pool}",
    "InvalidParameterException",
  ],
  [
    "a web ACL with two rules of one priority",
    `${webAcl} --name twice --rules ${json([rateRule("one", 1), rateRule("two", 1)])}`,
    "WAFInvalidParameterException",
    `${webAcl} --name once --rules ${json([rateRule("one", 1), rateRule("two", 2)])}`,
  ],
  [
    "an IP set name that is taken",
    "wafv2 create-ip-set --name office --scope REGIONAL --ip-address-version IPV4 --addresses 192.0.2.0/24",
    "WAFDuplicateItemException",
  ],
  [
    "a CNAME record beside an A record",
    `route53 change-resource-record-sets --hosted-zone-id {zone} --change-batch ${json(record("www.shop.example", "CNAME", "shop.example"))}`,
    "InvalidChangeBatch",
    `route53 change-resource-record-sets --hosted-zone-id {zone} --change-batch ${json(record("web.shop.example", "CNAME", "shop.example"))}`,
  ],
  [
    "a record created that exists",
    `route53 change-resource-record-sets --hosted-zone-id {zone} --change-batch ${json(record("www.shop.example", "A", "192.0.2.2"))}`,
    "InvalidChangeBatch",
  ],
  ["a hosted zone with records deleted", "route53 delete-hosted-zone --id {zone}", "HostedZoneNotEmpty"],
  [
    "a name of a Cloud Map namespace used twice",
    "servicediscovery create-http-namespace --name shop",
    "NamespaceAlreadyExists",
  ],
];
