// Keeps one core busy until its standard input closes, which it does too when whoever started it is gone. Then it says
// how long it had a core, in CPU microseconds.

import { cpuUsage, exit, stdin, stdout } from "node:process";

/** Between two looks at the standard input. */
const turnMs = 20;

function work(): void {
  const untilMs = performance.now() + turnMs;
  while (performance.now() < untilMs);
  setImmediate(work);
}

stdin.resume();
stdin.once("close", () => {
  const { user, system } = cpuUsage();
  stdout.write(`${user + system}\n`, () => exit(0));
});
work();
