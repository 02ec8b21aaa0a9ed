import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,test,regions,scripts}/**/*.test.{ts,tsx}"],
    reporters: [["default", { summary: false }], "./test/reporter.ts"],
    // Unit tests are pure and short; a test that starts processes or a browser states its own time.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
