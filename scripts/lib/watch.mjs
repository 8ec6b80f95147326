/** `node --watch` as a child that is told of every end: left to itself it waits for file changes without its parent. */
import process from 'node:process';
import { runEntry } from './run-entry.mjs';

process.exitCode = await runEntry(process.execPath, ['--watch', ...process.argv.slice(2)]);
