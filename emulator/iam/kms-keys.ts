import { objects, text, type JsonValue } from "../wire/json";
import { arnIn, lookUp, type ActionResources, type Ask, type ModelledCall } from "./call";
import { stringsAt } from "./input";

/**
 * The keys and aliases of operations that the list of actions does not determine: those of an alias, and those that a
 * ciphertext contains. https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
export async function kmsResources(call: ModelledCall, ask: Ask): Promise<ActionResources> {
  const { model, operation, input } = call;
  if (model !== "kms") return {};
  const key = async (of: JsonValue) => keyArn(call, text(of), ask);
  const ofBlob = () => inCiphertext(call, text(input.CiphertextBlob));
  if (operation === "Decrypt" && input.KeyId === undefined) return { "kms:Decrypt": [ofBlob()] };
  if (operation === "ReEncrypt") {
    const source = input.SourceKeyId === undefined ? ofBlob() : await key(input.SourceKeyId);
    return { "kms:ReEncryptFrom": [source], "kms:ReEncryptTo": [await key(input.DestinationKeyId)] };
  }
  if (operation === "CreateAlias" || operation === "UpdateAlias" || operation === "DeleteAlias") {
    const alias = text(input.AliasName);
    const keys = [
      ...(operation === "CreateAlias" ? [] : [alias]),
      ...(operation === "DeleteAlias" ? [] : [text(input.TargetKeyId)]),
    ];
    const arns = await Promise.all(keys.map((each) => keyArn(call, each, ask)));
    return { [`kms:${operation}`]: [...new Set([arnIn(call, "kms", alias), ...arns])] };
  }
  return {};
}

/** The ARN of the key that an alias names, by its name or ARN; undefined when it does not exist. */
export async function keyOfAlias(call: ModelledCall, alias: string, ask: Ask): Promise<string | undefined> {
  const described = await lookUp(ask("kms", "DescribeKey", { KeyId: alias }));
  const [arn] = stringsAt(described, "KeyMetadata.Arn");
  if (arn !== undefined) return arn;
  // moto refuses to describe a key whose policy denies anything to any principal.
  const name = alias.replace(/^.*:(?=alias\/)/, "");
  const aliases = objects((await lookUp(ask("kms", "ListAliases", {})))?.Aliases);
  const id = text(aliases.find(({ AliasName: each }) => each === name)?.TargetKeyId);
  return id === "" ? undefined : arnIn(call, "kms", `key/${id}`);
}

// Of an alias that does not exist, any key may be meant.
async function keyArn(call: ModelledCall, key: string, ask: Ask): Promise<string> {
  if (key.includes(":key/")) return key;
  if (!key.includes("alias/")) return arnIn(call, "kms", `key/${key}`);
  return (await keyOfAlias(call, key, ask)) ?? arnIn(call, "kms", "key/*");
}

// moto's ciphertexts begin with the id of the key, as those of AWS contain it.
function inCiphertext(call: ModelledCall, blob: string): string {
  const id = Buffer.from(blob, "base64").subarray(0, 36).toString("latin1");
  return arnIn(call, "kms", `key/${/^(mrk-[0-9a-f]{32}|[0-9a-f-]{36})$/.test(id) ? id : "*"}`);
}
