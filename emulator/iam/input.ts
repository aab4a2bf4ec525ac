import { list, object, type JsonObject, type JsonValue } from "../wire/json";

/** The strings at a path of members such as "Budget.BudgetName"; lists on the way are walked through. */
export function stringsAt(value: JsonValue, path: string): string[] {
  const [member, ...rest] = path.split(".");
  if (Array.isArray(value)) return list(value).flatMap((each) => stringsAt(each, path));
  if (member === undefined || member === "") return typeof value === "string" ? [value] : [];
  const next = object(value)[member];
  if (rest.length > 0) return stringsAt(next, rest.join("."));
  return (Array.isArray(next) ? list(next) : [next]).filter((each) => typeof each === "string");
}

/** The strings at any depth, without those below the named members. */
export function allStrings(value: JsonValue, except: readonly string[] = []): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return list(value).flatMap((each) => allStrings(each, except));
  return Object.entries(object(value)).flatMap(([member, each]) =>
    except.includes(member) ? [] : allStrings(each, except),
  );
}

/** Whether a member, at any depth, has a value. */
export function hasMember(value: JsonValue, member: string): boolean {
  if (Array.isArray(value)) return list(value).some((each) => hasMember(each, member));
  return Object.entries(object(value)).some(
    ([name, each]) => (name === member && each !== undefined && each !== null) || hasMember(each, member),
  );
}

/** The tags of an input or output by key: from any member for tags that AWS's models have, as a map or as a list. */
export function tagsIn(input: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(tagMembers.flatMap((path) => pairs(at(input, path.split(".")))));
}

/** The keys of tags that a request removes. */
export function removedTagKeys(input: JsonObject): string[] {
  return ["TagKeys", "tagKeys", "TagKeyList", "ResourceTagKeys", "RemoveTagKeys"].flatMap((path) =>
    stringsAt(input, path),
  );
}

const tagMembers = [
  ...["Tags", "tags", "TagList", "AddTags", "ResourceTags", "BackupVaultTags", "BackupPlanTags", "UserPoolTags"],
  ...["HostedZoneTags", "TagSpecifications.Tags", "Tagging.TagSet", "CreateBucketConfiguration.Tags"],
];

function at(value: JsonValue, path: readonly string[]): JsonValue {
  const [member, ...rest] = path;
  if (member === undefined) return value;
  if (Array.isArray(value)) return list(value).flatMap((each) => list(at(each, path)));
  return at(object(value)[member], rest);
}

function pairs(tags: JsonValue): [string, string][] {
  if (!Array.isArray(tags)) {
    return Object.entries(object(tags)).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  }
  return list(tags)
    .map(object)
    .map(({ Key, key = Key, TagKey = key, Value, value = Value, TagValue = value }) => [
      asText(TagKey),
      asText(TagValue),
    ]);
}

function asText(value: JsonValue): string {
  return typeof value === "string" ? value : "";
}
