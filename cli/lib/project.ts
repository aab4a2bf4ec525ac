import { join } from "node:path";

/** The root folder of this project. */
export const projectFolder = join(__dirname, "../..");

/** Where commands keep downloaded programs and working files; ignored by git. */
export const toolsFolder = join(projectFolder, ".tools");
