/** Adds up `{passed, failed, skipped}`. */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) for (const key of Object.keys(total)) total[key] += tally[key];
  return total;
}

export function formatCount({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * The count of a jest result (`--json`). A file that could not be loaded has no tests of its own to fail and counts as
 * one; so does a run that fails although every test passed (coverage under its threshold), or that left no result.
 */
export function tallyJest(result, runPassed) {
  if (!result) return { passed: 0, failed: 1, skipped: 0 };
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && !runPassed ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
