import { text } from "../wire/json";
import type { RuleSet } from "./rule";
import { trustsService } from "./trust";

const service = "states";

/** Rules of Step Functions on the roles of state machines. */
export function stepFunctions(): RuleSet {
  return {
    rules: [
      {
        name: "state-machine-role-trust",
        service,
        operations: ["CreateStateMachine", "UpdateStateMachine"],
        code: "AccessDeniedException",
        rule: "The role of a state machine must trust states.amazonaws.com.",
        source: "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html",
        refuse: async (call) => {
          const { roleArn, name, stateMachineArn } = call.input;
          const role = text(roleArn);
          const source = `stateMachine:${text(name) || (text(stateMachineArn).split(":").at(-1) ?? "")}`;
          if (role === "") return undefined;
          for (const principal of ["states.amazonaws.com", `states.${call.region}.amazonaws.com`]) {
            if (await trustsService(call, role, principal, { source })) return undefined;
          }
          return "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.";
        },
      },
    ],
  };
}
