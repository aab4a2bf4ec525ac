import type { AwsRequest, Handlers, Reply } from "../../proxy/gap";
import { Store, type Tags } from "../../store";
import { formObjects, mergeForms } from "../../wire/form";
import { queryError, queryReply } from "../../wire/reply";
import { element, type Element } from "../../wire/xml";

/** The resources of one type, by name: the parameters with which each was created or modified. */
export class Resources {
  private readonly store = new Store<URLSearchParams>();

  constructor(
    /** Parameter that names the resource. */
    readonly nameParameter: string,
    /** Resource type in the ARN. */
    private readonly arnType: string,
    private readonly notFoundCode: string,
    private readonly tags: Tags,
  ) {}

  /** Stores the parameters of a resource, and its tags. */
  put(request: AwsRequest, form: URLSearchParams): URLSearchParams {
    const name = this.nameIn(form);
    this.store.of(request).set(name, form);
    this.tags.add(request, this.arn(request, name), tagsIn(form));
    return form;
  }

  /** The resource that a request names, or all when it names none. */
  list(request: AwsRequest): readonly URLSearchParams[] {
    if (!request.form.has(this.nameParameter)) return this.all(request);
    const resource = this.get(request);
    return resource ? [resource] : [];
  }

  /** All resources in the account and region of a request. */
  all(request: AwsRequest): readonly URLSearchParams[] {
    return [...this.store.of(request).values()];
  }

  /** The resource that a request names. */
  get(request: AwsRequest): URLSearchParams | undefined {
    return this.store.of(request).get(this.nameIn(request.form));
  }

  delete(request: AwsRequest): void {
    this.store.of(request).delete(this.nameIn(request.form));
  }

  arnElement(request: AwsRequest, form: URLSearchParams): Element {
    return element("ARN", this.arn(request, this.nameIn(form)));
  }

  notFound({ form }: AwsRequest): Reply {
    return queryError(this.notFoundCode, `${form.get(this.nameParameter) ?? "The resource"} does not exist.`, 404);
  }

  private nameIn(form: URLSearchParams): string {
    return (form.get(this.nameParameter) ?? "").toLowerCase();
  }

  private arn({ region, account }: AwsRequest, name: string): string {
    return `arn:aws:elasticache:${region}:${account}:${this.arnType}:${name}`;
  }
}

/** How a resource type appears in requests and results. */
export interface ResourceType {
  readonly resources: Resources;
  /** "User": part of the names of the actions. */
  readonly name: string;
  /** "Users": part of the name of the Describe action, and name of the list in its result. */
  readonly plural: string;
  /** Name of an element of that list. */
  readonly item: string;
  /** Element that contains the resource in the other results. @default - the result contains its fields directly */
  readonly wrapper?: string;
  /** The fields of the resource in a result. */
  readonly describe: (request: AwsRequest, form: URLSearchParams) => Element[];
  /** The parameters after a modification. @default - each parameter of the modification replaces the one before */
  readonly modify?: (before: URLSearchParams, sent: URLSearchParams) => URLSearchParams;
}

/** The Create, Describe, Modify and Delete handlers of a resource type, without moto. */
export function resourceHandlers(type: ResourceType): Handlers {
  const { resources, name, plural, item, wrapper, describe, modify = mergeForms } = type;
  const reply = (request: AwsRequest, form: URLSearchParams): Reply => {
    const fields = describe(request, form);
    return queryReply(request.operation, wrapper === undefined ? fields : [element(wrapper, fields)]);
  };
  return {
    [`Create${name}`]: (request) => reply(request, resources.put(request, request.form)),
    [`Describe${plural}`]: (request) => {
      const forms = resources.list(request);
      if (forms.length === 0 && request.form.has(resources.nameParameter)) return resources.notFound(request);
      const items = forms.map((form) => element(item, describe(request, form)));
      return queryReply(request.operation, [element(plural, items)]);
    },
    [`Modify${name}`]: (request) => {
      const before = resources.get(request);
      return before
        ? reply(request, resources.put(request, modify(before, request.form)))
        : resources.notFound(request);
    },
    [`Delete${name}`]: (request) => {
      const before = resources.get(request);
      resources.delete(request);
      return before ? reply(request, before) : resources.notFound(request);
    },
  };
}

/** The tags in a form, as a list of keys and values. */
export function tagsIn(form: URLSearchParams): readonly { readonly Key: string; readonly Value: string }[] {
  return formObjects(form, "Tags").map((tag) => ({ Key: tag.get("Key") ?? "", Value: tag.get("Value") ?? "" }));
}
