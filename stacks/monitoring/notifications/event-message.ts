import type { Named } from "../../naming";

/** The message that an event becomes. */
export interface EventMessage {
  /** The first words, such as `Deployment failed`; `<name>` is replaced by a field whose value is one word. */
  readonly title: string;
  /** The JSON path of each field in the event. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
  readonly fields: Readonly<Record<string, string>> & { readonly reason: string };
}

export type ChatKind = "slack" | "google-chat" | "teams";

/** The input template of the message as JSON for a topic. */
export function topicTemplate({ app, stage }: Named, { title, fields }: EventMessage): string {
  const values = Object.fromEntries(Object.keys(fields).map((field) => [field, `<${field}>`]));
  return inputTemplate({ message: title, app, stage, ...values });
}

/** The input template of the message in the format of a chat's webhook. */
export function chatTemplate(kind: ChatKind, { title, fields }: EventMessage): string {
  const texts = Object.keys(fields).map((field) => `<${field}>`);
  switch (kind) {
    case "slack":
      // https://api.slack.com/messaging/webhooks
      return inputTemplate({ text: title, attachments: texts.map((text) => ({ text })) });
    case "google-chat":
      // https://developers.google.com/workspace/chat/api/reference/rest/v1/cards
      return inputTemplate({
        cardsV2: [
          {
            card: {
              header: { title },
              sections: [{ widgets: texts.map((text) => ({ textParagraph: { text } })) }],
            },
          },
        ],
      });
    case "teams":
      // https://learn.microsoft.com/en-us/connectors/teams/#microsoft-teams-webhook
      return inputTemplate({
        type: "message",
        attachments: [
          {
            contentType: "application/vnd.microsoft.card.adaptive",
            content: {
              type: "AdaptiveCard",
              version: "1.4",
              body: [
                { type: "TextBlock", weight: "Bolder", text: title },
                ...texts.map((text) => ({ type: "TextBlock", wrap: true, text })),
              ],
            },
          },
        ],
      });
  }
}

/**
 * A value that is only a placeholder has no quotes: EventBridge inserts it as JSON, with quotes in it escaped.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
function inputTemplate(value: object): string {
  return JSON.stringify(value).replace(/"(<\w+>)"/g, "$1");
}
