import { join } from "node:path";

/** The root folder of this project. */
export const projectFolder = join(__dirname, "../..");

/** The folder of the stage and account files of this project. */
export const configFolder = join(projectFolder, "config");

/** Where commands keep downloaded programs and working files; ignored by git. */
export const toolsFolder = join(projectFolder, ".tools");
