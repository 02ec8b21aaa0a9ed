// Folds facts that are parsed already, in a process whose memory holds nothing else, and prints how many a second.

import process from "node:process";
import { present } from "../../src/basics/assert.ts";
import { measureParsed } from "./parsed.ts";

console.log(measureParsed(present(process.argv[2], "a store")));
