/** Why the test of the documentation does not run a command, and the test that covers it. */
export interface Reason {
  readonly reason: string;
  /** Path of the test, relative to the project's root. */
  readonly test: string;
}

const stack = "cdktf.out/stacks/dev02-us-east-1";
const ownStack = "cdktf.out/stacks/test01-eu-central-1";
const needsRegistry = "needs a container builder and a registry";
const needsAws = "needs an AWS account";

/** The commands of the documentation that its test does not run. */
export const untested: Readonly<Record<string, Reason>> = {
  // README.md
  "npm run demo": { reason: "deploys for a minute", test: "__tests__/e2e/demo.test.ts" },
  "npm test": { reason: "runs this test", test: ".ci/run" },
  "npm run init -- --app shop --region eu-central-1 --environments test,live --account test=111111111111 --account live=222222222222":
    { reason: "writes config/", test: "__tests__/e2e/own-project.test.ts" },
  "npm run bootstrap -- account-shop-test-eu-central-1": { reason: needsAws, test: "__tests__/e2e/account.test.ts" },
  "npx cdktf deploy test01-eu-central-1": { reason: needsAws, test: "__tests__/e2e/deploy.test.ts" },

  // docs/accounts.md
  "npm run bootstrap -- account-appname-dev-us-east-1": { reason: needsAws, test: "__tests__/e2e/account.test.ts" },

  // docs/data.md
  "aws ssm start-session --target <bastion_instance_id> --document-name <bastion_session_document>": {
    reason: "opens a session on a running instance",
    test: "__tests__/stacks/bastion/bastion.test.ts",
  },
  "aws ssm start-session --target <bastion_instance_id> --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters host=<database_host>,portNumber=5432,localPortNumber=5432":
    { reason: "opens a session on a running instance", test: "__tests__/stacks/bastion/bastion.test.ts" },

  // docs/operations.md
  "npm ci": { reason: "replaces the packages that this test uses", test: "__tests__/cli/setup.test.ts" },
  "npx cdktf deploy dev02-us-east-1": { reason: needsAws, test: "__tests__/e2e/deploy.test.ts" },
  "npx cdktf synth": { reason: "writes cdktf.out/", test: "__tests__/main.test.ts" },
  [`terraform -chdir=${stack} init`]: { reason: needsAws, test: "__tests__/e2e/plain-terraform.test.ts" },
  [`terraform -chdir=${stack} plan -out=plan.tfplan`]: {
    reason: needsAws,
    test: "__tests__/e2e/plain-terraform.test.ts",
  },
  [`terraform -chdir=${stack} apply plan.tfplan`]: { reason: needsAws, test: "__tests__/e2e/plain-terraform.test.ts" },
  [`terraform -chdir=${stack} show -json plan.tfplan > plan.json`]: {
    reason: "needs a plan",
    test: "__tests__/e2e/pipeline-commands.test.ts",
  },
  "npm run guard -- plan.json": { reason: "needs a plan", test: "__tests__/cli/commands/guard/command.test.ts" },
  "docker push 111122223333.dkr.ecr.us-east-1.amazonaws.com/appname-dev02-image:latest": {
    reason: needsRegistry,
    test: "__tests__/e2e/pipeline-commands.test.ts",
  },
  "aws ecs update-service --cluster appname-ecs-cluster-dev02 --service appname-ecs-service-dev02 --force-new-deployment":
    { reason: needsAws, test: "__tests__/e2e/deploy.test.ts" },
  "TF_VAR_appname_image=111122223333.dkr.ecr.us-east-1.amazonaws.com/appname-dev02-image:1.4.2 npx cdktf deploy dev02-us-east-1":
    { reason: needsAws, test: "__tests__/e2e/deploy.test.ts" },
  "npm run rollout -- dev02-us-east-1": {
    reason: needsAws,
    test: "__tests__/cli/commands/rollout/command.test.ts",
  },
  "aws ecs run-task --cluster $cluster --task-definition appname-test1-migrate-task-prod01 --launch-type FARGATE --network-configuration \"$(aws ecs describe-services --cluster $cluster --services $service --query 'services[0].networkConfiguration' --output json)\"":
    { reason: needsAws, test: "__tests__/e2e/pipeline-commands.test.ts" },
  "TF_VAR_test1_image=111122223333.dkr.ecr.us-east-1.amazonaws.com/test1-prod01-image:1.4.2 terraform -chdir=cdktf.out/stacks/prod01-us-east-1 apply -target=aws_ecs_task_definition.services_test1_tasks_migrate":
    { reason: needsAws, test: "__tests__/e2e/pipeline-commands.test.ts" },
  "aws secretsmanager put-secret-value --secret-id appname/prod01/stripe --secret-string file://value.txt": {
    reason: needsAws,
    test: "__tests__/e2e/canary-secret.test.ts",
  },
  "aws ecs update-service --cluster appname-ecs-cluster-prod01 --service test1-ecs-service-prod01 --force-new-deployment":
    { reason: needsAws, test: "__tests__/e2e/deploy.test.ts" },
  "npx cdktf destroy dev02-us-east-1": { reason: needsAws, test: "__tests__/e2e/demo.test.ts" },
  [`terraform -chdir=${stack} force-unlock <ID>`]: {
    reason: "needs a state with a lock",
    test: "__tests__/e2e/gitlab-state.test.ts",
  },
  [`terraform -chdir=${stack} import <address> <id>`]: {
    reason: "needs a resource outside of the state",
    test: "__tests__/e2e/account.test.ts",
  },
  "curl https://<region>.<name>/health": { reason: needsAws, test: "__tests__/e2e/prod.test.ts" },

  // docs/policy.md
  "npm run policy": { reason: "reads config/", test: "__tests__/cli/commands/policy/command.test.ts" },
  "npm run policy -- --format sarif --output reports/policy.sarif": {
    reason: "reads config/, and writes a file",
    test: "__tests__/cli/commands/policy/command.test.ts",
  },

  // docs/stage-files.md
  "npm run policy -- --config __tests__/fixtures/config": {
    reason: "takes several seconds",
    test: "__tests__/cli/commands/policy/command.test.ts",
  },
  "STACKS=dev02-us-east-1 npx cdktf deploy dev02-us-east-1": { reason: needsAws, test: "__tests__/main.test.ts" },

  // docs/versions.md
  "npm run provider-lock -- --release 6.30.0 --platform linux_amd64 --platform darwin_arm64": {
    reason: "asks the registry of the provider",
    test: "__tests__/cli/commands/provider-lock/lock.test.ts",
  },
  "TERRAFORM_BINARY_NAME=tofu npm run provider-lock -- --release 6.25.0 --platform linux_amd64": {
    reason: "asks the registry of the provider",
    test: "__tests__/cli/commands/provider-lock/lock.test.ts",
  },

  // docs/start.md
  "npm run init": { reason: "asks questions", test: "__tests__/cli/commands/init/questions.test.ts" },
  "npm run init -- --app shop --region eu-central-1 --environments test,live --account test=111111111111 --account live=222222222222 --yes":
    { reason: "writes config/", test: "__tests__/e2e/own-project.test.ts" },
  [`terraform -chdir=${ownStack} init`]: { reason: needsAws, test: "__tests__/e2e/plain-terraform.test.ts" },
  [`terraform -chdir=${ownStack} plan -out=plan.tfplan`]: {
    reason: needsAws,
    test: "__tests__/e2e/plain-terraform.test.ts",
  },
  [`terraform -chdir=${ownStack} apply plan.tfplan`]: {
    reason: needsAws,
    test: "__tests__/e2e/plain-terraform.test.ts",
  },
  "docker build -t $repository:latest app && docker push $repository:latest": {
    reason: needsRegistry,
    test: "__tests__/e2e/pipeline-commands.test.ts",
  },
  "aws ecs update-service --cluster shop-ecs-cluster-test01 --service shop-ecs-service-test01 --force-new-deployment": {
    reason: needsAws,
    test: "__tests__/e2e/deploy.test.ts",
  },
  "npm run rollout -- test01-eu-central-1": {
    reason: needsAws,
    test: "__tests__/cli/commands/rollout/command.test.ts",
  },

  // docs/testing.md
  "npm run test:unit -- stacks/network": { reason: "runs tests in a test", test: ".ci/run" },
  "npm run test:e2e -- small-stage": { reason: "runs tests in a test", test: ".ci/run" },
  "npm run demo -- --stack dev02-us-east-1 --no-keep": {
    reason: "deploys for a minute",
    test: "__tests__/e2e/demo.test.ts",
  },
  "npm run emulator -- aws sts get-caller-identity": {
    reason: "needs the AWS CLI",
    test: "__tests__/e2e/emulator-lifecycle.test.ts",
  },
  "npm run format": { reason: "changes files", test: ".ci/run" },
  "npm run check": { reason: "takes a minute", test: ".ci/run" },
  "npm run synth": { reason: "writes cdktf.out/", test: "__tests__/main.test.ts" },
  "npm run pipeline-picture": {
    reason: "writes docs/pipeline.svg",
    test: "__tests__/cli/commands/pipeline-picture.test.ts",
  },
};
