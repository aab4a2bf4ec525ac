import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { encodedJson } from "../../json";
import { eventRuleName, type Named } from "../../naming";
import type { Chat } from "./chat";
import { topicTemplate, type EventMessage } from "./event-message";

/** Which events a rule matches, and the message that they become. */
export interface EventRuleDefinition {
  readonly name: string;
  readonly description: string;
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
  readonly pattern: object;
  readonly message: EventMessage;
}

export interface EventRuleProps {
  readonly stage: Named;
  readonly definition: EventRuleDefinition;
  /** @default - messages go to the chat only */
  readonly topic?: { readonly arn: string; readonly permissions: readonly ITerraformDependable[] };
  /** @default - messages go to the topic only */
  readonly chat: Chat | undefined;
}

/** A rule of EventBridge with a topic, a chat or both as its targets. */
export class EventRule extends Construct {
  /** Name of the rule, as in the dimension of its metrics. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: EventRuleProps) {
    super(scope, id);
    const { stage, definition, topic, chat } = props;
    const { name, description, pattern, message } = definition;
    const rule = new CloudwatchEventRule(this, "rule", {
      name: eventRuleName(stage, name),
      description,
      eventPattern: encodedJson(pattern),
    });
    this.name = rule.name;
    if (topic !== undefined) {
      new CloudwatchEventTarget(this, "topic", {
        rule: rule.name,
        arn: topic.arn,
        inputTransformer: { inputPaths: message.fields, inputTemplate: topicTemplate(stage, message) },
        dependsOn: [...topic.permissions],
      });
    }
    chat?.post(this, rule.name, message);
  }
}
