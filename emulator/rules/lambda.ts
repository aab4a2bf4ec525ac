import { text } from "../wire/json";
import type { RuleSet } from "./rule";
import { trustsService } from "./trust";

const service = "lambda";

/** Rules of Lambda on the roles of functions. */
export function lambda(): RuleSet {
  return {
    rules: [
      {
        name: "function-role-trust",
        service,
        operations: ["CreateFunction", "UpdateFunctionConfiguration"],
        code: "InvalidParameterValueException",
        rule: "The role of a function must trust lambda.amazonaws.com.",
        source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
        refuse: async (call) => {
          const { Role, FunctionName } = call.input;
          const role = text(Role);
          const source = `function:${text(FunctionName).split(":").at(-1) ?? ""}`;
          return role === "" || (await trustsService(call, role, "lambda.amazonaws.com", { source }))
            ? undefined
            : "The role defined for the function cannot be assumed by Lambda.";
        },
      },
    ],
  };
}
