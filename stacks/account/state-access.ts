import type { StageConfig } from "../../schema";
import { stateKey } from "../naming";
import type { Place } from "./place";
import type { Statement } from "./statements";

/** Reading state, and nothing that a plan with `-lock=false` does not call. */
export function readState(place: Place, bucket: string): Statement[] {
  const arn = `arn:${place.partition}:s3:::${bucket}`;
  return [
    { actions: ["s3:ListBucket"], resources: [arn] },
    { actions: ["s3:GetObject"], resources: [`${arn}/${stateKey(place)}`] },
  ];
}

/** https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions */
export function writeState(place: Place, { state }: Pick<StageConfig, "state">): Statement[] {
  if (state.backend !== "s3") return [];
  const object = `arn:${place.partition}:s3:::${state.bucket}/${stateKey(place)}`;
  return [
    ...readState(place, state.bucket),
    { actions: ["s3:PutObject"], resources: [object] },
    { actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], resources: [`${object}.tflock`] },
  ];
}
