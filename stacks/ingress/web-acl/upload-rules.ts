import toRegexRange from "to-regex-range";
import type { Uploads } from "../../../schema/ingress/uploads";
import type { Rule } from "./rules";

/** What API Gateway cannot limit itself: the types and the size that callers announce. */
export function uploadRules(uploads: Uploads): Rule[] {
  return [
    refusal(uploads, { name: "uploads-type", status: 415, header: "content-type", allowed: typesOf(uploads) }),
    refusal(uploads, { name: "uploads-size", status: 413, header: "content-length", allowed: sizesOf(uploads) }),
  ];
}

/**
 * Is true for a `PUT` on the path of the uploads; the default address of an API has the stage in front of it, and a REST
 * API takes a final slash for nothing.
 */
export function isUpload({ path }: Uploads) {
  const literal = path
    .toLowerCase()
    .replace(/\{\w+\}$/, "")
    .replaceAll(".", String.raw`\.`);
  return {
    and_statement: {
      statement: [
        {
          byte_match_statement: {
            field_to_match: { method: {} },
            positional_constraint: "EXACTLY",
            search_string: "PUT",
            text_transformation: asItIs,
          },
        },
        regex({ uri_path: {} }, `^(/[^/]+)?${literal}[^/]+/*$`),
      ],
    },
  };
}

/** A header that is missing matches nothing, and so is refused, too. */
function refusal(
  uploads: Uploads,
  { name, status, header, allowed }: { name: string; status: number; header: string; allowed: string },
): Rule {
  const announced = regex({ single_header: { name: header } }, allowed);
  return {
    name,
    action: { block: { customResponse: { responseCode: status } } },
    statement: { and_statement: { statement: [isUpload(uploads), { not_statement: { statement: [announced] } }] } },
  };
}

/** Matches the allowed media types, with or without parameters; of several types, browsers take the last. */
export function typesOf({ contentTypes }: Pick<Uploads, "contentTypes">): string {
  return `^(${contentTypes.map((type) => type.replace(/[.+]/g, String.raw`\$&`)).join("|")})(;[^,]*)?$`;
}

/** Matches the lengths from 1 byte to the largest. */
export function sizesOf({ maximumBytes }: Pick<Uploads, "maximumBytes">): string {
  return `^(${toRegexRange(1, maximumBytes)})$`;
}

const asItIs = [{ priority: 0, type: "NONE" }];

function regex(fieldToMatch: object, pattern: string) {
  return {
    regex_match_statement: {
      field_to_match: fieldToMatch,
      regex_string: pattern,
      text_transformation: [{ priority: 0, type: "LOWERCASE" }],
    },
  };
}
