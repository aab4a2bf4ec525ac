import { object } from "../wire/json";
import type { RuleSet } from "./rule";

/** Rules of DynamoDB on the time to live of a table's items. */
export function dynamoDb(): RuleSet {
  return {
    rules: [
      {
        name: "time-to-live-unchanged",
        service: "dynamodb",
        operations: ["UpdateTimeToLive"],
        code: "ValidationException",
        rule: "Time to live is enabled or disabled only where it is not so already.",
        source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-how-to.html",
        refuse: async ({ input, ask }) => {
          const { TimeToLiveDescription } = await ask("DescribeTimeToLive", { TableName: input.TableName });
          const { TimeToLiveStatus: status } = object(TimeToLiveDescription);
          const { Enabled } = object(input.TimeToLiveSpecification);
          if (Enabled === true && status === "ENABLED") return "TimeToLive is already enabled";
          return Enabled === false && status === "DISABLED" ? "TimeToLive is already disabled" : undefined;
        },
      },
    ],
  };
}
