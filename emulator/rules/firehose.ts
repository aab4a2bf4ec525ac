import { allStrings } from "../iam/input";
import { roleNameOf } from "../iam/roles";
import { text } from "../wire/json";
import type { RuleSet } from "./rule";
import { trustsService } from "./trust";

const service = "firehose";

/** Rules of Amazon Data Firehose on the roles of its streams. */
export function firehose(): RuleSet {
  return {
    rules: [
      {
        name: "delivery-stream-role-trust",
        service,
        operations: ["CreateDeliveryStream", "UpdateDestination"],
        code: "InvalidArgumentException",
        rule: "The roles of a Firehose stream must trust firehose.amazonaws.com.",
        source: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html",
        refuse: async (call) => {
          const source = `deliverystream/${text(call.input.DeliveryStreamName)}`;
          const roles = allStrings(call.input).filter((each) => roleNameOf(each) !== undefined);
          for (const role of new Set(roles)) {
            // The trust policies of AWS's guide have the account as external id.
            const assumption = { source, externalId: call.account };
            if (await trustsService(call, role, "firehose.amazonaws.com", assumption)) continue;
            return `Firehose is unable to assume role ${role}. Please check the role provided.`;
          }
          return undefined;
        },
      },
    ],
  };
}
