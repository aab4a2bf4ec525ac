import type { Model } from "../models/model";
import { isJsonObject, text, type JsonObject, type JsonValue } from "../wire/json";

const removed = "(removed)";

/** Members with secrets that AWS's models do not mark as sensitive, such as the tokens of AWS STS and Amazon ECR. */
const secretMember =
  /(passwords?|secretstring|secretbinary|secret(access)?key|clientsecret|privatekey|presharedkey|^authkey|keymaterial|tokencode|apikeyvalue|(auth|access|refresh|session|id|authorization|secret|bearer|hec)token|^userdata)$/i;

/**
 * Names of secrets that the client chooses, or that the model does not list: the keys of maps, such as "PlatformCredential"
 * of Amazon SNS, and the names of variables. Members of structures, such as the "credentials" of an integration, may be
 * others.
 * https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformApplication.html
 */
const secretName =
  /(passwords?|passphrase|secrets?|credentials?|token|^platformprincipal|(api|access|auth|encryption|license|private|secret|shared|signing)key)$/i;

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
    const { name: variable = value.Name } = value;
    const isVariable = typeof variable === "string" && isSecretName(variable);
    const isValue = (key: string): boolean => isVariable && key.toLowerCase() === "value";
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        isValue(key) ? this.remove(item) : this.member(name, key, item),
      ]),
    );
  }

  /** A message without the secrets that were removed so far. */
  message(message: string): string {
    return [...this.values].reduce((rest, value) => rest.replaceAll(value, removed), message);
  }

  private member(name: string, key: string, value: JsonValue): JsonValue {
    const shape = this.model.shapes[name];
    // The keys of maps have separators, such as "client_secret" of Amazon Cognito's ProviderDetails.
    const known = secretMembersOf[`${this.model.name}.${name}`];
    const isNamed = shape?.type === "map" && isSecretName(key);
    const isSecret = isNamed || secretMember.test(plainName(key)) || known?.includes(key);
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

function isSecretName(name: string): boolean {
  return secretName.test(plainName(name));
}

/** A name without separators. */
function plainName(name: string): string {
  return name.replaceAll(/[_-]/g, "");
}
