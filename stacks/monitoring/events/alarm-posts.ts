import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Chat } from "./chat";
import { EventRule } from "./event-rule";

export interface AlarmPostsProps {
  readonly stage: StageConfig;
  readonly alarmNames: readonly string[];
  readonly chat: Chat;
}

/** A pattern holds 2048 characters, and a name of an alarm up to 90. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const namesOfRule = 20;

/** Posts what alarms say to the chat. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export class AlarmPosts extends Construct {
  constructor(scope: Construct, id: string, props: AlarmPostsProps) {
    super(scope, id);
    const { stage, alarmNames, chat } = props;
    for (let first = 0; first < alarmNames.length; first += namesOfRule) {
      const name = `alarms-${first / namesOfRule + 1}`;
      new EventRule(this, name, {
        stage,
        name,
        description: "Alarms that begin or end",
        pattern: {
          source: ["aws.cloudwatch"],
          "detail-type": ["CloudWatch Alarm State Change"],
          detail: {
            alarmName: alarmNames.slice(first, first + namesOfRule),
            state: { value: ["ALARM", "OK"] },
          },
        },
        message: {
          title: "<alarm>: <state>",
          fields: { alarm: "$.detail.alarmName", state: "$.detail.state.value", reason: "$.detail.state.reason" },
        },
        chat,
      });
    }
  }
}
