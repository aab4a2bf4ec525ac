import { z } from "zod";
import { matching, name } from "../primitives";
import { variableName } from "./environment";

/** Key with which a team encrypts what AWS would encrypt with its own. */
export const kmsKeyArn = matching(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-z0-9-]+$/,
  "is no ARN of a KMS key; write one, or leave it out for the key of AWS",
).optional();

/** Key of the secret's JSON whose value is wanted. @default - the whole secret */
const key = matching(/^[\w.-]+$/, "is no key of a secret's JSON; write its name").optional();

const ofTheStage = z.strictObject({
  /** Its name in the stage's `data.secrets`. */
  secret: name(24, "stripe"),
  key,
});

const secretsManager = z.strictObject({
  /** The whole ARN of a secret, with the six characters that AWS puts at its end. */
  secretArn: matching(
    /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
    'is no whole ARN of a secret; write one such as "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf"',
  ),
  key,
  /** Customer managed key of the secret. @default - the key of AWS */
  kmsKeyArn,
});

const parameterStore = z.strictObject({
  parameterArn: matching(
    /^arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:parameter\/[\w./-]+$/,
    'is no ARN of a parameter; write one such as "arn:aws:ssm:us-east-1:111122223333:parameter/shop/stripe"',
  ),
  /** Customer managed key of the parameter. @default - the key of AWS */
  kmsKeyArn,
});

/** Variables whose values ECS fetches when a task starts: they stand in no file, plan or state. */
export const secrets = z.record(variableName, z.union([secretsManager, parameterStore, ofTheStage]));

export type Secrets = z.output<typeof secrets>;
export type Secret = Secrets[string];

/** The secrets of all containers of a service's task. */
export function taskSecrets(service: {
  readonly secrets: Secrets;
  readonly sidecars: Readonly<Record<string, { readonly secrets: Secrets }>>;
}): Secret[] {
  return [service, ...Object.values(service.sidecars)].flatMap(({ secrets }) => Object.values(secrets));
}
