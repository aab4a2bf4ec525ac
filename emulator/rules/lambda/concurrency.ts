import { numberOf } from "../../documents/values";
import { objects, text } from "../../wire/json";
import type { Rule } from "../rule";
import { reference, service } from "./source";

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
const unreserved = 100;

/** Rules on the concurrency of functions. */
export function concurrencyRules(quota: number): readonly Rule[] {
  return [
    {
      name: "function-concurrency-quota",
      service,
      operations: ["PutFunctionConcurrency"],
      code: "InvalidParameterValueException",
      rule: "Reserved concurrency leaves 100 of the account's 1,000 concurrent executions in a Region to other functions.",
      source: `${reference}/API_PutFunctionConcurrency.html`,
      refuse: async ({ input, ask }) => {
        const { FunctionArn } = await ask("GetFunctionConfiguration", { FunctionName: input.FunctionName });
        const { Functions } = await ask("ListFunctions");
        const others = objects(Functions).filter((each) => text(each.FunctionArn) !== text(FunctionArn));
        const concurrency = await Promise.all(
          others.map(({ FunctionName }) => ask("GetFunctionConcurrency", { FunctionName })),
        );
        const reserved = [input, ...concurrency].map((each) => numberOf(each.ReservedConcurrentExecutions) ?? 0);
        return reserved.reduce((sum, each) => sum + each, 0) > quota - unreserved
          ? `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreserved}].`
          : undefined;
      },
    },
  ];
}
