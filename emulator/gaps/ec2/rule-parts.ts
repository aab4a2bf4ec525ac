/** The parameters of one rule in a request with several. */
export type Part = (index: number) => readonly (readonly [string, string])[];

const several = /^(IpPermissions|SecurityGroupRule|SecurityGroupRuleId)\.\d+/;

/** The rules in the permissions of a request, each with one source. */
export function singleRules(form: URLSearchParams): readonly Part[] {
  const sources = new Map<string, { readonly permission: string; readonly source: string }>();
  for (const key of form.keys()) {
    const [prefix, permission, source] =
      /^(IpPermissions\.\d+)\.((?:IpRanges|Ipv6Ranges|PrefixListIds|Groups|UserIdGroupPairs)\.\d+)\./.exec(key) ?? [];
    if (prefix !== undefined && permission !== undefined && source !== undefined) {
      sources.set(prefix, { permission, source });
    }
  }
  return [...sources.values()].map(({ permission, source }) => (index) => [
    ...["IpProtocol", "FromPort", "ToPort"].flatMap((name): [string, string][] => {
      const value = form.get(`${permission}.${name}`);
      return value === null ? [] : [[`IpPermissions.${index}.${name}`, value]];
    }),
    ...below(form, `${permission}.${source}`, `IpPermissions.${index}.${source.replace(/\d+$/, "1")}`),
  ]);
}

/** The rules that a request names by their ids. */
export function namedRules(form: URLSearchParams): readonly Part[] {
  const keys = [...form.keys()].map((key) => /^SecurityGroupRule(?:Id)?\.\d+/.exec(key)?.[0]);
  return [...new Set(keys)].flatMap((key) =>
    key === undefined ? [] : [(index: number) => below(form, key, key.replace(/\d+$/, String(index)))],
  );
}

/** The body of a request with other rules and another group. */
export function withParts(form: URLSearchParams, group: string, parts: readonly Part[]): string {
  const body = new URLSearchParams([...form].filter(([key]) => !several.test(key)));
  body.set("GroupId", group);
  parts.forEach((part, index) => {
    for (const [key, value] of part(index + 1)) body.set(key, value);
  });
  return body.toString();
}

/** The parameters below a name, with another name. */
function below(form: URLSearchParams, name: string, renamed: string): readonly (readonly [string, string])[] {
  return [...form].flatMap(([key, value]): [string, string][] =>
    key === name || key.startsWith(`${name}.`) ? [[renamed + key.slice(name.length), value]] : [],
  );
}
