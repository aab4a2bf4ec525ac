import { checkStack } from "../../policy/check-stack";
import { rules } from "../../policy/rules";
import { minimalService, stageWith } from "../fixtures/stage";
import { rendered } from "./synthesized-stages";

describe("the encryption of topics", () => {
  it("may use the key of SNS for a topic whose own metrics an alarm watches", () => {
    const stage = stageWith({
      data: { topics: { sold: {} } },
      services: { orders: { ...minimalService, uses: ["topic:sold"] } },
      monitoring: { alarms: {} },
    });
    expect(checkStack(stage, rendered(stage), rules).findings).toEqual([]);
  });
});
