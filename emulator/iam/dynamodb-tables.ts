import { object, objects, text, type JsonValue } from "../wire/json";
import { arnIn, type ActionResources, type ModelledCall } from "./call";

/** Actions of the members of a transaction. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const ofItems: Readonly<Record<string, string>> = {
  ConditionCheck: "ConditionCheckItem",
  Delete: "DeleteItem",
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
};

/** What each item of a transaction needs on its table. */
export function ofTransaction(call: ModelledCall): ActionResources {
  const needed = objects(call.input.TransactItems).flatMap((item) =>
    Object.entries(item).map(([kind, each]): [string, string] => [
      `dynamodb:${ofItems[kind] ?? kind}`,
      tableArn(call, text(object(each).TableName)),
    ]),
  );
  // The operation stands for these actions; one that no item needs is not evaluated.
  return grouped(needed, call.operation === "TransactGetItems" ? "dynamodb:GetItem" : "dynamodb:PutItem");
}

/**
 * What the statements of PartiQL need on their tables and indexes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html
 */
export function ofStatements(call: ModelledCall): ActionResources {
  const { Statement: single, Statements: several, TransactStatements: ofTransaction } = call.input;
  const statements: JsonValue[] = [
    ...(single === undefined ? [] : [single]),
    ...[...objects(several), ...objects(ofTransaction)].map(({ Statement: each }) => each),
  ];
  return grouped(
    statements.flatMap((each) => ofStatement(call, text(each))),
    "dynamodb:PartiQLSelect",
  );
}

function ofStatement(call: ModelledCall, statement: string): [string, string][] {
  const [, verb = ""] = /^\s*(?:EXISTS\s*\(\s*)?(SELECT|INSERT|UPDATE|DELETE)\b/i.exec(statement) ?? [];
  const name = `"?([\\w.-]+?)"?`;
  const pattern = new RegExp(`\\b(?:FROM|INTO|UPDATE)\\s+(?:${name})(?:\\."([\\w.-]+)")?(?:\\s|$)`, "i");
  const [, table, index] = pattern.exec(statement) ?? [];
  if (verb === "" || table === undefined) return [["dynamodb:PartiQLSelect", tableArn(call, "*")]];
  const action = `dynamodb:PartiQL${verb.charAt(0).toUpperCase()}${verb.slice(1).toLowerCase()}`;
  return [[action, tableArn(call, table) + (index === undefined ? "" : `/index/${index}`)]];
}

function tableArn(call: ModelledCall, name: string): string {
  return name.startsWith("arn:") ? name : arnIn(call, "dynamodb", `table/${name}`);
}

function grouped(needed: readonly [action: string, arn: string][], listed: string): ActionResources {
  const actions = [...new Set([listed, ...needed.map(([action]) => action)])];
  return Object.fromEntries(
    actions.map((action) => [action, [...new Set(needed.filter(([each]) => each === action).map(([, arn]) => arn))]]),
  );
}
