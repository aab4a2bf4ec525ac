import type { AwsRequest } from "../../proxy/gap";
import { formObjects, queryError } from "../../wire/form";
import type { Reply } from "../../proxy/gap";
import { Memory } from "../../wire/memory";
import type { Tags } from "../../wire/tags";
import { element, type Element } from "../../wire/xml";

/** Resources of one type that are kept here and not in moto: what was sent, by name. */
export class Kept {
  private readonly memory = new Memory<URLSearchParams>();

  constructor(
    /** Field of the form that names the resource. */
    readonly field: string,
    /** Part of the ARN that tells the type. */
    private readonly arnType: string,
    private readonly notFound: string,
    private readonly tags: Tags,
  ) {}

  /** Keeps what was sent, with its tags. */
  put(request: AwsRequest, form: URLSearchParams): URLSearchParams {
    const name = (form.get(this.field) ?? "").toLowerCase();
    this.memory.of(request).set(name, form);
    this.tags.add(request, this.arn(request, name), sentTags(form));
    return form;
  }

  /** The resources that a request asks for, or all of them. */
  find(request: AwsRequest): readonly URLSearchParams[] {
    const name = request.form.get(this.field)?.toLowerCase();
    const known = this.memory.of(request);
    if (name === undefined) return [...known.values()];
    const one = known.get(name);
    return one ? [one] : [];
  }

  /** The one resource that a request is about. */
  one(request: AwsRequest): URLSearchParams | undefined {
    return request.form.has(this.field) ? this.find(request)[0] : undefined;
  }

  delete(request: AwsRequest): void {
    this.memory.of(request).delete((request.form.get(this.field) ?? "").toLowerCase());
  }

  arn({ region, account }: AwsRequest, name: string): string {
    return `arn:aws:elasticache:${region}:${account}:${this.arnType}:${name}`;
  }

  arnElement(request: AwsRequest, form: URLSearchParams): Element {
    return element("ARN", this.arn(request, (form.get(this.field) ?? "").toLowerCase()));
  }

  missing(request: AwsRequest): Reply {
    return queryError(this.notFound, `${request.form.get(this.field) ?? "it"} does not exist.`, 404);
  }
}

/** The tags in a form, as a list of keys and values. */
export function sentTags(form: URLSearchParams): readonly { readonly Key: string; readonly Value: string }[] {
  return formObjects(form, "Tags").map((tag) => ({ Key: tag.get("Key") ?? "", Value: tag.get("Value") ?? "" }));
}
