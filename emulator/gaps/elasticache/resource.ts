import type { AwsRequest, Handlers } from "../../proxy/gap";
import { mergeForms, queryReply } from "../../wire/form";
import { element, type Element } from "../../wire/xml";
import type { Kept } from "./kept";

export interface KeptType {
  readonly kept: Kept;
  /** "User": part of the names of the actions. */
  readonly name: string;
  /** "Users": part of the name of the describing action, and of the list in its answer. */
  readonly plural: string;
  /** Name of an element of that list. */
  readonly item: string;
  /** Name of the element that holds the resource in other answers. @default - its fields stand there themselves */
  readonly wrapper?: string;
  /** How the resource reads in an answer. */
  readonly describe: (request: AwsRequest, form: URLSearchParams) => Element[];
  /** What a modification makes of the resource. @default - what is sent replaces what was */
  readonly modify?: (before: URLSearchParams, sent: URLSearchParams) => URLSearchParams;
}

/** The four handlers of a type that is wholly kept here: create, describe, modify, delete. */
export function keptHandlers({ kept, name, plural, item, wrapper, describe, modify = mergeForms }: KeptType): Handlers {
  const answer = (request: AwsRequest, form: URLSearchParams) => {
    const fields = describe(request, form);
    return queryReply(request.operation, wrapper === undefined ? fields : [element(wrapper, fields)]);
  };
  return {
    [`Create${name}`]: (request) => answer(request, kept.put(request, request.form)),
    [`Describe${plural}`]: (request) => {
      const found = kept.find(request);
      if (found.length === 0 && request.form.has(kept.field)) return kept.missing(request);
      const items = found.map((form) => element(item, describe(request, form)));
      return queryReply(request.operation, [element(plural, items)]);
    },
    [`Modify${name}`]: (request) => {
      const before = kept.one(request);
      return before ? answer(request, kept.put(request, modify(before, request.form))) : kept.missing(request);
    },
    [`Delete${name}`]: (request) => {
      const before = kept.one(request);
      kept.delete(request);
      return before ? answer(request, before) : kept.missing(request);
    },
  };
}
