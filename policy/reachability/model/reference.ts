/** What an attribute such as `${aws_subnet.network_private_a.id}` refers to, when it is nothing but a reference. */
export function referenceOf(value: unknown): { readonly address: string; readonly attribute: string } | undefined {
  const match = typeof value === "string" ? /^\$\{(\w+\.[\w-]+)\.(\w+)\}$/.exec(value) : null;
  const [, address, attribute] = match ?? [];
  return address === undefined || attribute === undefined ? undefined : { address, attribute };
}

/** The resources that a list of references names, in their order; undefined when one of them is no reference. */
export function addressesOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const addresses = value.map((each: unknown) => referenceOf(each)?.address);
  return addresses.every((address) => address !== undefined) ? addresses : undefined;
}

/** Every resource of some types that the expressions within a value name, however deep. */
export function mentionsOf(value: unknown, types: readonly string[]): readonly string[] {
  const texts = textsOf(value).filter((text) => types.some((type) => text.includes(type)));
  const expressions = texts.flatMap((text) => text.match(/\$\{[^]*\}/g) ?? []);
  const addresses = expressions.flatMap((expression) => expression.match(/\b\w+\.[\w-]+/g) ?? []);
  return [...new Set(addresses)].filter((address) => types.includes(address.split(".")[0] ?? ""));
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
