import { budget, container, image, policies, record } from "./documents";

/** A command of the AWS CLI that must succeed. */
export interface Preparation {
  /** The words after `aws`; `{name}` is the value with that name. */
  readonly command: string;
  /** The name and JMESPath of a value in the answer that later commands use. @default - the answer is not used */
  readonly value?: readonly [name: string, query: string];
}

const json = JSON.stringify;

/** Values that a command cannot hold because they have spaces. */
export const values: Readonly<Record<string, string>> = {
  everyHour: "rate(1 hour)",
  cronOfFiveFields: "cron(0 3 * * *)",
  cronOfSixFields: "cron(0 3 * * ? *)",
  unclosedPattern: "{ $.level = ERROR",
  closedPattern: "{ $.level = ERROR }",
};

const fargate = "--requires-compatibilities FARGATE --network-mode awsvpc --cpu 256 --memory 512";
const password = "--master-username shop --master-user-password 0123456789";

/** What exists before the mistakes: the commands of a step run in parallel, the steps one after another. */
export const preparation: readonly (readonly Preparation[])[] = [
  [
    { value: ["vpc", "Vpc.VpcId"], command: "ec2 create-vpc --cidr-block 10.0.0.0/16" },
    { value: ["gateway", "InternetGateway.InternetGatewayId"], command: "ec2 create-internet-gateway" },
    { value: ["closedVpc", "Vpc.VpcId"], command: "ec2 create-vpc --cidr-block 10.1.0.0/16" },
    {
      value: ["role", "Role.Arn"],
      command: `iam create-role --role-name shop --assume-role-policy-document ${json(policies.trust)}`,
    },
    {
      value: ["policy", "Policy.Arn"],
      command: `iam create-policy --policy-name shop --policy-document ${json(policies.readPictures)}`,
    },
    { command: "ecs create-cluster --cluster-name shop" },
    {
      command: `ecs register-task-definition --family web ${fargate} --container-definitions ${json([container])}`,
    },
    { value: ["api", "id"], command: "apigateway create-rest-api --name shop" },
    { value: ["emptyApi", "id"], command: "apigateway create-rest-api --name empty" },
    {
      value: ["httpApi", "ApiId"],
      command: "apigatewayv2 create-api --name shop --protocol-type HTTP",
    },
    { value: ["pool", "UserPool.Id"], command: "cognito-idp create-user-pool --pool-name shop" },
    { value: ["otherPool", "UserPool.Id"], command: "cognito-idp create-user-pool --pool-name other" },
    {
      command:
        "rds create-db-parameter-group --db-parameter-group-name shop --db-parameter-group-family postgres16 --description shop",
    },
    { value: ["queue", "QueueUrl"], command: "sqs create-queue --queue-name orders" },
    { command: "secretsmanager create-secret --name shop/token --secret-string secret" },
    { command: "s3api create-bucket --bucket shop-pictures" },
    {
      value: ["zone", "HostedZone.Id"],
      command: "route53 create-hosted-zone --name shop.example --caller-reference shop",
    },
    {
      command: "wafv2 create-ip-set --name office --scope REGIONAL --ip-address-version IPV4 --addresses 192.0.2.0/24",
    },
    { command: "logs create-log-group --log-group-name /shop/web" },
    { value: ["key", "KeyMetadata.KeyId"], command: "kms create-key" },
    { command: "ecr create-repository --repository-name shop" },
    { value: ["files", "FileSystemId"], command: "efs create-file-system --creation-token shop" },
    { command: "backup create-backup-vault --backup-vault-name shop" },
    { command: `budgets create-budget --account-id 123456789012 --budget ${json(budget)}` },
    { command: "servicediscovery create-http-namespace --name shop" },
    {
      value: ["certificate", "CertificateArn"],
      command: "acm request-certificate --domain-name www.pending.example --validation-method DNS",
    },
  ],
  [
    {
      value: ["subnetA", "Subnet.SubnetId"],
      command: "ec2 create-subnet --vpc-id {vpc} --cidr-block 10.0.0.0/24 --availability-zone us-east-1a",
    },
    {
      value: ["subnetB", "Subnet.SubnetId"],
      command: "ec2 create-subnet --vpc-id {vpc} --cidr-block 10.0.1.0/24 --availability-zone us-east-1b",
    },
    {
      value: ["closedA", "Subnet.SubnetId"],
      command: "ec2 create-subnet --vpc-id {closedVpc} --cidr-block 10.1.0.0/24 --availability-zone us-east-1a",
    },
    {
      value: ["closedB", "Subnet.SubnetId"],
      command: "ec2 create-subnet --vpc-id {closedVpc} --cidr-block 10.1.1.0/24 --availability-zone us-east-1b",
    },
    { command: "ec2 attach-internet-gateway --vpc-id {vpc} --internet-gateway-id {gateway}" },
    { value: ["routes", "RouteTable.RouteTableId"], command: "ec2 create-route-table --vpc-id {vpc}" },
    {
      value: ["securityGroup", "GroupId"],
      command: "ec2 create-security-group --vpc-id {vpc} --group-name web --description web",
    },
    {
      value: ["targets", "TargetGroups[0].TargetGroupArn"],
      command: "elbv2 create-target-group --name web --protocol HTTP --port 80 --target-type ip --vpc-id {vpc}",
    },
    {
      value: ["freeTargets", "TargetGroups[0].TargetGroupArn"],
      command: "elbv2 create-target-group --name free --protocol HTTP --port 80 --target-type ip --vpc-id {vpc}",
    },
    { command: "iam attach-role-policy --role-name shop --policy-arn {policy}" },
    { value: ["root", "items[0].id"], command: "apigateway get-resources --rest-api-id {api}" },
    { command: "apigatewayv2 create-route --api-id {httpApi} --route-key $default" },
    { command: "cognito-idp create-user-pool-domain --domain shop-login --user-pool-id {pool}" },
    { command: "sqs delete-queue --queue-url {queue}" },
    { command: "secretsmanager delete-secret --secret-id shop/token" },
    { command: "s3api put-object --bucket shop-pictures --key empty" },
    {
      command: `route53 change-resource-record-sets --hosted-zone-id {zone} --change-batch ${json(record("www.shop.example", "A", "192.0.2.1"))}`,
    },
    { command: `ecr put-image --repository-name shop --image-tag v1 --image-manifest ${json(image)}` },
    {
      command: `rds create-db-instance --db-instance-identifier shop --engine postgres --engine-version 16.4 --db-instance-class db.t4g.micro --allocated-storage 20 --db-parameter-group-name shop ${password}`,
    },
  ],
  [
    {
      value: ["loadBalancer", "LoadBalancers[0].LoadBalancerArn"],
      command: "elbv2 create-load-balancer --name shop --scheme internal --subnets {subnetA} {subnetB}",
    },
    { command: "ec2 create-route --route-table-id {routes} --destination-cidr-block 0.0.0.0/0 --gateway-id {gateway}" },
    {
      command:
        "ec2 authorize-security-group-ingress --group-id {securityGroup} --protocol tcp --port 80 --cidr 10.0.0.0/16",
    },
    {
      command:
        "ecs create-service --cluster shop --service-name web --task-definition web --launch-type FARGATE --desired-count 1 --network-configuration awsvpcConfiguration={subnets=[{subnetA}]}",
    },
    {
      value: ["items", "id"],
      command: "apigateway create-resource --rest-api-id {api} --parent-id {root} --path-part items",
    },
    { command: "efs create-mount-target --file-system-id {files} --subnet-id {subnetA}" },
  ],
  [
    {
      value: ["listener", "Listeners[0].ListenerArn"],
      command:
        "elbv2 create-listener --load-balancer-arn {loadBalancer} --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn={targets}",
    },
    {
      command:
        "apigateway put-method --rest-api-id {api} --resource-id {items} --http-method GET --authorization-type NONE",
    },
  ],
  [
    {
      command:
        "elbv2 create-rule --listener-arn {listener} --priority 10 --conditions Field=path-pattern,Values=/items --actions Type=forward,TargetGroupArn={targets}",
    },
    {
      command: "apigateway put-integration --rest-api-id {api} --resource-id {items} --http-method GET --type MOCK",
    },
  ],
  [{ value: ["deployment", "id"], command: "apigateway create-deployment --rest-api-id {api} --stage-name live" }],
];
