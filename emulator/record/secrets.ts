import type { Model } from "../models/model";
import { isJsonObject, text, type JsonObject, type JsonValue } from "../wire/json";

const removed = "(removed)";

/** Members with secrets that AWS's models do not mark as sensitive, such as the tokens of AWS STS and Amazon ECR. */
const secretMember =
  /(passwords?|secretstring|secretbinary|secretaccesskey|clientsecret|privatekey|keymaterial|tokencode|apikeyvalue|(auth|access|refresh|session|id|authorization)token|^userdata)$/i;

/** The password in a URL. */
const urlPassword = /(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/**
 * Members of these names are secrets in these structures only, by "<model>.<structure>".
 *
 * https://docs.aws.amazon.com/apigateway/latest/api/API_ApiKey.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html
 */
const secretMembersOf: Readonly<Record<string, readonly string[]>> = {
  "apigateway.ApiKey": ["value"],
  "apigateway.CreateApiKeyRequest": ["value"],
  "apigateway.UsagePlanKey": ["value"],
  "cloudformation.Parameter": ["ParameterValue", "ResolvedValue"],
};

/** Removes secrets from the parameters and the answer of one call. */
export class Redaction {
  private readonly values = new Set<string>();

  constructor(private readonly model: Model) {}

  /** An input or output without its secrets. */
  structure(name: string, value: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.member(name, key, item)]));
  }

  /** A message without the secrets that were removed so far. */
  message(message: string): string {
    return [...this.values].reduce((rest, value) => rest.replaceAll(value, removed), message);
  }

  private member(name: string, key: string, value: JsonValue): JsonValue {
    const shape = this.model.shapes[name];
    // The keys of maps have separators, such as "client_secret" of Amazon Cognito's ProviderDetails.
    const known = secretMembersOf[`${this.model.name}.${name}`];
    const isSecret = secretMember.test(key.replaceAll(/[_-]/g, "")) || known?.includes(key);
    if (isSecret && (typeof value === "string" || Array.isArray(value))) return this.remove(value);
    return this.value(shape?.members?.[key]?.shape ?? shape?.value?.shape ?? "", value);
  }

  private value(name: string, value: JsonValue): JsonValue {
    const shape = this.model.shapes[name];
    if (shape?.sensitive && value != null) return this.remove(value);
    if (Array.isArray(value)) return value.map((item: JsonValue) => this.value(shape?.member?.shape ?? "", item));
    if (typeof value === "string") return value.replace(urlPassword, (password) => text(this.remove(password)));
    return isJsonObject(value) ? this.structure(name, value) : value;
  }

  private remove(value: JsonValue): JsonValue {
    if (value === "") return value;
    // A list of the same length keeps how many there are.
    if (Array.isArray(value)) return value.map((item: JsonValue) => this.remove(item));
    if (isJsonObject(value)) Object.values(value).forEach((item) => this.remove(item));
    if (text(value) !== "") this.values.add(text(value));
    return removed;
  }
}
