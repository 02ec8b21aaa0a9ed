import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Keyboard tests in Chromium lose a race for the focus when the machine is overloaded (seen twice in one run); until they wait for the focus itself, a test that fails is tried twice more.
    retry: 2,
    include: ["{src,test,regions,scripts}/**/*.test.{ts,tsx}"],
    reporters: [["default", { summary: false }], "./test/reporter.ts"],
    // Unit tests are pure and short; a test that starts processes or a browser states its own time.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
