// A thread that computes what roads said while certain closures counted, and ends.

import { parentPort, workerData } from "node:worker_threads";
import { present } from "../../basics/assert.ts";
import { type RoadsTask, roadsWith } from "./roads-then.ts";

present(parentPort, "a thread's port").postMessage(roadsWith(workerData as RoadsTask));
