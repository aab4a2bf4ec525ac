/** One thing wrong with the ways between what a stack holds. */
export type Finding =
  | {
      /** `missing`: something that must reach another cannot. `extra`: a way is open that nothing needs. */
      readonly kind: "missing" | "extra";
      /** Address of a resource, or `internet`. */
      readonly from: string;
      /** Address of a resource, `internet`, or an AWS service such as `ecr.api`. */
      readonly to: string;
      readonly message: string;
    }
  | {
      /** A resource that decides who reaches whom in a way that is not understood. */
      readonly kind: "unknown";
      readonly resource: string;
      readonly message: string;
    };

/** A resource that cannot be judged; `message` goes on after its address. */
export function unknown(resource: string, message: string): Finding {
  return { kind: "unknown", resource, message: `${resource} ${message}` };
}
