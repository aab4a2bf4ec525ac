import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { encodedJson } from "../../json";
import { eventRuleName, type Named } from "../../naming";
import type { Chat } from "./chat";
import { template } from "./template";

/** What a message tells of an event. */
export interface EventMessage {
  /** First words, such as `Deployment failed`; `<name>` stands for a field that holds one plain word. */
  readonly title: string;
  /** Where the fields are in the event. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
  readonly fields: Readonly<Record<string, string>> & { readonly reason: string };
}

export interface EventRuleProps {
  readonly stage: Named;
  readonly name: string;
  readonly description: string;
  readonly pattern: object;
  readonly message: EventMessage;
  /** Where the message goes. @default - to the chat only */
  readonly topic?: { readonly arn: string; readonly permissions: readonly ITerraformDependable[] };
  /** @default - no chat */
  readonly chat: Chat | undefined;
}

/** Turns events of AWS into messages. */
export class EventRule extends Construct {
  /** Name in the metrics of CloudWatch. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: EventRuleProps) {
    super(scope, id);
    const { stage, name, description, pattern, message, topic, chat } = props;
    const rule = new CloudwatchEventRule(this, "rule", {
      name: eventRuleName(stage, name),
      description,
      eventPattern: encodedJson(pattern),
    });
    this.name = rule.name;
    if (topic !== undefined) {
      const { title, fields } = message;
      const values = Object.fromEntries(Object.keys(fields).map((field) => [field, `<${field}>`]));
      new CloudwatchEventTarget(this, "to-topic", {
        rule: rule.name,
        arn: topic.arn,
        inputTransformer: {
          inputPaths: fields,
          inputTemplate: template({ message: title, app: stage.app, stage: stage.stage, ...values }),
        },
        dependsOn: [...topic.permissions],
      });
    }
    chat?.post(this, rule.name, message);
  }
}
