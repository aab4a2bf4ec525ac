/** What AWS would refuse in a request, such as "name: is required". */
export class Problems {
  readonly all: string[] = [];

  /** @param path path of the member, "" for the request itself */
  add(path: string, text: string): void {
    this.all.push(path === "" ? text : `${path}: ${text}`);
  }
}

/** The path of a member below another path. */
export function below(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

export const unknownMember = "is not a member of this structure";
