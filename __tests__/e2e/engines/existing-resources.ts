import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { z } from "zod";
import type { Sandbox } from "../sandbox";

/** Resources that a stage file names by their ARNs, and that are managed elsewhere. */
export type ExistingResources = z.output<typeof outputs>;

const text = z.string();
const outputs = z.object({
  rotationFunction: text,
  secret: text,
  key: text,
  vault: text,
  certificate: text,
  userPool: text,
  userPoolClient: text,
  userPoolDomain: text,
});

const folder = "elsewhere";

/** Terraform of another team. */
const configuration = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
  provider: { aws: [{ region: "us-east-1" }, { alias: "copies", region: "eu-west-1" }] },
  data: { aws_route53_zone: { zone: { name: "appname-dev.example.com" } } },
  resource: {
    aws_iam_role: {
      rotation: {
        name: "rotation",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
        }),
      },
    },
    aws_lambda_function: {
      rotation: {
        function_name: "rotation",
        role: "${aws_iam_role.rotation.arn}",
        runtime: "nodejs22.x",
        handler: "index.handler",
        filename: "rotation.zip",
      },
    },
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
    aws_lambda_permission: {
      rotation: {
        function_name: "${aws_lambda_function.rotation.function_name}",
        action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com",
        source_account: "111122223333",
      },
    },
    aws_kms_key: { key: { description: "Secrets of partners", deletion_window_in_days: 7 } },
    aws_secretsmanager_secret: {
      partner: { name: "partner", kms_key_id: "${aws_kms_key.key.arn}", recovery_window_in_days: 0 },
    },
    aws_backup_vault: { copies: { provider: "aws.copies", name: "copies" } },
    aws_acm_certificate: { aurora: { domain_name: "aurora.appname-dev.example.com", validation_method: "DNS" } },
    aws_route53_record: {
      validation: {
        zone_id: "${data.aws_route53_zone.zone.zone_id}",
        name: "${tolist(aws_acm_certificate.aurora.domain_validation_options)[0].resource_record_name}",
        type: "${tolist(aws_acm_certificate.aurora.domain_validation_options)[0].resource_record_type}",
        records: ["${tolist(aws_acm_certificate.aurora.domain_validation_options)[0].resource_record_value}"],
        ttl: 60,
      },
    },
    aws_acm_certificate_validation: {
      aurora: {
        certificate_arn: "${aws_acm_certificate.aurora.arn}",
        validation_record_fqdns: ["${aws_route53_record.validation.fqdn}"],
      },
    },
    aws_cognito_user_pool: { users: { name: "users" } },
    aws_cognito_user_pool_domain: {
      users: { domain: "users-of-all-shops", user_pool_id: "${aws_cognito_user_pool.users.id}" },
    },
    aws_cognito_user_pool_client: {
      shop: {
        name: "shop",
        user_pool_id: "${aws_cognito_user_pool.users.id}",
        generate_secret: true,
        allowed_oauth_flows: ["code"],
        allowed_oauth_flows_user_pool_client: true,
        allowed_oauth_scopes: ["openid"],
        supported_identity_providers: ["COGNITO"],
        callback_urls: ["https://aurora.appname-dev.example.com/oauth2/idpresponse"],
      },
    },
  },
  output: {
    existing: {
      value: {
        rotationFunction: '${aws_lambda_permission.rotation.id == "" ? "" : aws_lambda_function.rotation.arn}',
        secret: "${aws_secretsmanager_secret.partner.arn}",
        key: "${aws_kms_key.key.arn}",
        vault: "${aws_backup_vault.copies.arn}",
        certificate: "${aws_acm_certificate_validation.aurora.certificate_arn}",
        userPool: "${aws_cognito_user_pool.users.arn}",
        userPoolClient: "${aws_cognito_user_pool_client.shop.id}",
        userPoolDomain: "${aws_cognito_user_pool_domain.users.domain}",
      },
    },
  },
};

/** Creates the resources, in the account of the sandbox. */
export async function createExistingResources(sandbox: Sandbox): Promise<ExistingResources> {
  sandbox.write(`${folder}/main.tf.json`, JSON.stringify(configuration));
  const handler = strToU8("exports.handler = async () => {};\n");
  writeFileSync(join(sandbox.folder, folder, "rotation.zip"), zipSync({ "index.js": handler }));
  await terraform(sandbox, "init", "-input=false");
  await terraform(sandbox, "apply", "-auto-approve", "-input=false");
  return outputs.parse(JSON.parse(await terraform(sandbox, "output", "-json", "existing")));
}

async function terraform(sandbox: Sandbox, ...args: readonly string[]): Promise<string> {
  const { exitCode, output } = await sandbox.terraformIn(join(sandbox.folder, folder), args, {});
  if (exitCode !== 0) throw new Error(`terraform ${args.join(" ")}: exit code ${exitCode}:\n${output}`);
  return output;
}
