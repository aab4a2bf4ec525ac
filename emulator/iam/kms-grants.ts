import { object, objects, text, type JsonObject } from "../wire/json";
import { lookUp, type Ask } from "./call";
import type { ResourcePolicy } from "./evaluate";
import { stringsAt } from "./input";
import type { Condition, Statement } from "./policy-document";

/** The operations to which the constraints of a grant do not apply. */
const unconstrained = ["DescribeKey", "RetireGrant"];

/** Passes on what the grant itself allows. */
const passing = ["CreateGrant"];

/**
 * The policy of a key together with its grants, which allow their operations to the grantee in the same way.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export async function withGrants(policy: ResourcePolicy, key: string, ask: Ask): Promise<ResourcePolicy> {
  const grants = objects((await lookUp(ask("kms", "ListGrants", { KeyId: key })))?.Grants);
  const { document } = policy;
  return { ...policy, document: { ...document, statements: [...document.statements, ...grants.flatMap(statements)] } };
}

function statements(grant: JsonObject): Statement[] {
  const operations = stringsAt(grant, "Operations");
  const grantee = text(grant.GranteePrincipal);
  const retiring = text(grant.RetiringPrincipal);
  return [
    allow(grantee, unconstrained, operations),
    // https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-creategrant
    allow(grantee, passing, operations, [
      { operator: "ForAllValues:StringEquals", key: "kms:GrantOperations", values: operations },
    ]),
    allow(
      grantee,
      operations.filter((each) => ![...unconstrained, ...passing].includes(each)),
      operations,
      constraints(grant),
    ),
    allow(retiring, ["RetireGrant"], ["RetireGrant"]),
  ].filter(({ actions = [], principals }) => actions.length > 0 && principals?.AWS?.[0] !== "");
}

function allow(
  principal: string,
  some: readonly string[],
  granted: readonly string[],
  conditions: readonly Condition[] = [],
): Statement {
  const actions = some.filter((each) => granted.includes(each)).map((each) => `kms:${each}`.toLowerCase());
  return { effect: "Allow", actions, resources: ["*"], principals: { AWS: [principal] }, conditions };
}

// https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
function constraints({ Constraints: given }: JsonObject): Condition[] {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = object(given);
  const pairs = Object.entries(object(equals ?? subset)).map(([key, value]) => ({
    operator: "StringEquals",
    key: `kms:EncryptionContext:${key}`,
    values: [text(value)],
  }));
  if (equals === undefined || equals === null) return pairs;
  const values = Object.keys(object(equals));
  return [...pairs, { operator: "ForAllValues:StringEquals", key: "kms:EncryptionContextKeys", values }];
}
