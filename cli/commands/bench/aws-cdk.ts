// The program that the benchmark compares with: N stacks of AWS CDK, each with 117 CloudFormation resources. It runs in a
// folder in which aws-cdk-lib is installed, which this project is not.
import {
  App,
  Stack,
  aws_cloudwatch as cloudwatch,
  aws_cognito as cognito,
  aws_ec2 as ec2,
  aws_ecs as ecs,
  aws_ecs_patterns as patterns,
  aws_rds as rds,
  aws_s3 as s3,
} from "aws-cdk-lib";

const endpoints = {
  ecr: ec2.InterfaceVpcEndpointAwsService.ECR,
  docker: ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER,
  logs: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  secrets: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
};

const app = new App();
for (let index = 0; index < Number(process.argv[2]); index++) {
  const stack = new Stack(app, `dev${index}-us-east-1`, { env: { account: "123456789012", region: "us-east-1" } });
  const vpc = new ec2.Vpc(stack, "vpc", { availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: 1 });
  for (const [name, service] of Object.entries(endpoints)) vpc.addInterfaceEndpoint(name, { service });
  vpc.addFlowLog("flow-log");
  const cluster = new ecs.Cluster(stack, "cluster", { vpc, containerInsightsV2: ecs.ContainerInsights.ENABLED });
  const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
  const database = new rds.DatabaseInstance(stack, "database", { vpc, engine });
  for (const name of ["orders", "users", "mail"]) {
    const { service, targetGroup } = new patterns.ApplicationLoadBalancedFargateService(stack, name, {
      cluster,
      cpu: 256,
      memoryLimitMiB: 512,
      desiredCount: 2,
      circuitBreaker: { rollback: true },
      taskImageOptions: { image: ecs.ContainerImage.fromRegistry("nginx"), environment: { A: "b" } },
    });
    targetGroup.configureHealthCheck({ path: "/health" });
    const scaling = service.autoScaleTaskCount({ maxCapacity: 10, minCapacity: 2 });
    scaling.scaleOnCpuUtilization("cpu", { targetUtilizationPercent: 60 });
    scaling.scaleOnMemoryUtilization("memory", { targetUtilizationPercent: 75 });
    database.connections.allowDefaultPortFrom(service);
    for (let threshold = 70; threshold < 78; threshold++) {
      const metric = service.metricCpuUtilization();
      new cloudwatch.Alarm(stack, `${name}-${threshold}`, { metric, threshold, evaluationPeriods: 1 });
    }
  }
  new s3.Bucket(stack, "bucket", {
    versioned: true,
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  });
  new cognito.UserPool(stack, "user-pool", {});
}
app.synth();
