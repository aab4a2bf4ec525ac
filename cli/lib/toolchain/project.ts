import { join } from "node:path";

/** The root folder of this project. */
export const projectFolder = join(__dirname, "../../..");

/** What the commands install or write for themselves; ignored by git. */
export const toolsFolder = join(projectFolder, ".tools");
