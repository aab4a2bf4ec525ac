import type { AwsRequest, Forward, RequestChanges } from "../../proxy/gap";
import { findAll, parseXml, textOf } from "../../wire/xml";

/** Another operation of RDS, to forward to moto in place of a request. */
export function operationOf(
  { form }: AwsRequest,
  Action: string,
  parameters: Readonly<Record<string, string>> = {},
): RequestChanges {
  const Version = form.get("Version") ?? "";
  return { body: new URLSearchParams({ ...parameters, Action, Version }).toString() };
}

/** The tags of a resource, as parameters with which it is created again. */
export async function tagParameters(
  request: AwsRequest,
  forward: Forward,
  ResourceName: string,
): Promise<Readonly<Record<string, string>>> {
  const reply = await forward(operationOf(request, "ListTagsForResource", { ResourceName }));
  const tags = findAll(parseXml(reply.body), "ListTagsForResourceResult", "TagList", "Tag");
  return Object.fromEntries(
    tags.flatMap((tag, index) =>
      ["Key", "Value"].map((name) => [`Tags.Tag.${index + 1}.${name}`, textOf(tag, name)] as const),
    ),
  );
}
