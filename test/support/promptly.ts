/**
 * How long what users are promised within a second may take in a test. CI asserts that it happens; on a quiet
 * machine `TOOLBOX_TIMING=1` asserts the second itself.
 */
export const promptlyMs = process.env['TOOLBOX_TIMING'] ? 1000 : 15_000;
