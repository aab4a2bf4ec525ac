import type { EventMessage } from "./event-rule";
import { template } from "./template";

export type ChatKind = "slack" | "google-chat" | "teams";

/** A message as a chat's webhook reads it: what happened, then where and why. */
export function chatMessage(kind: ChatKind, { title, fields }: EventMessage): string {
  const texts = Object.keys(fields).map((field) => `<${field}>`);
  switch (kind) {
    case "slack":
      // https://api.slack.com/messaging/webhooks
      return template({ text: title, attachments: texts.map((text) => ({ text })) });
    case "google-chat":
      // https://developers.google.com/workspace/chat/api/reference/rest/v1/cards
      return template({
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
      return template({
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
