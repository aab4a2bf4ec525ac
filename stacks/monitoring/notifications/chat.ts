import { CloudwatchEventApiDestination } from "@cdktf/provider-aws/lib/cloudwatch-event-api-destination";
import { CloudwatchEventConnection } from "@cdktf/provider-aws/lib/cloudwatch-event-connection";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { ServiceRole } from "../../identity/service-role";
import { eventRuleName, roleName } from "../../naming";
import { setName } from "../../readable-stack";
import { chatTemplate, type ChatKind, type EventMessage } from "./event-message";

export interface ChatProps {
  readonly stage: StageConfig;
  readonly kind: ChatKind;
}

/** The incoming webhook of a chat. EventBridge posts to it, as chats cannot parse the messages of SNS. */
export class Chat extends Construct {
  private readonly destinationArn: string;
  private readonly role: ServiceRole;
  private readonly kind: ChatKind;

  constructor(scope: Construct, id: string, props: ChatProps) {
    super(scope, id);
    const { stage, kind } = props;
    const url = new TerraformVariable(this, "url", {
      type: "string",
      sensitive: true,
      description: "URL of the chat's incoming webhook; a secret, as it permits posting to the chat",
    });
    setName(url, "chat_webhook_url");
    const connection = new CloudwatchEventConnection(this, "connection", {
      name: eventRuleName(stage, "chat"),
      authorizationType: "API_KEY",
      // EventBridge requires credentials; the secret of a webhook is its address.
      authParameters: { apiKey: { key: "X-Sent-By", value: "eventbridge" } },
    });
    const destination = new CloudwatchEventApiDestination(this, "destination", {
      name: eventRuleName(stage, "chat"),
      connectionArn: connection.arn,
      httpMethod: "POST",
      invocationEndpoint: url.stringValue,
      // Slack's limit for one webhook: https://api.slack.com/apis/rate-limits
      invocationRateLimitPerSecond: 1,
    });
    this.kind = kind;
    this.destinationArn = destination.arn;
    this.role = new ServiceRole(this, "role", {
      name: roleName(stage, "chat"),
      service: "events.amazonaws.com",
      sourceAccount: stage.accountId,
      statements: [{ actions: ["events:InvokeApiDestination"], resources: [destination.arn] }],
    });
  }

  /** Posts the events of a rule. */
  public post(scope: Construct, rule: string, message: EventMessage): void {
    new CloudwatchEventTarget(scope, "chat", {
      rule,
      arn: this.destinationArn,
      roleArn: this.role.arn,
      inputTransformer: { inputPaths: message.fields, inputTemplate: chatTemplate(this.kind, message) },
      dependsOn: [...this.role.policies],
    });
  }
}
