import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, totalmem } from 'node:os';
import type { Measurement } from './measure.js';

export interface Comparison {
  title: string;
  server: Measurement;
  limit: Measurement;
}

const guide = 'docs/guides/performance.md';
const begin = '<!-- figures -->';
const end = '<!-- /figures -->';

function machine(): string {
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim();
  const model = cpus()[0]?.model.trim() ?? arch();
  return `${availableParallelism()} cores (${model}), ${memoryGb} GiB, Node ${process.versions.node}, commit ${commit}`;
}

function row(name: string, { title, server, limit }: Comparison): string {
  const ratio = (server.rps / limit.rps).toFixed(2);
  const figures = [
    server.cpuUs,
    limit.cpuUs,
    server.rps,
    limit.rps,
    server.p50Ms,
    server.p99Ms,
    server.rssMb,
  ];
  return `| ${name} | ${title} | ${figures.map((figure) => Math.round(figure * 10) / 10).join(' | ')} | ${ratio} × |`;
}

/** Puts the table of this run into the guide. */
export function writeGuide(results: Record<string, Comparison>): void {
  const table = [
    `Measured on ${machine()}; server, limit and load on the same machine.`,
    '',
    '| | workload | CPU µs | limit | requests/s | limit | p50 ms | p99 ms | RSS MB | against the limit |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...Object.entries(results).map(([name, comparison]) => row(name, comparison)),
  ].join('\n');
  const text = readFileSync(guide, 'utf8');
  const [before] = text.split(begin);
  const [, after] = text.split(end);
  writeFileSync(guide, `${before}${begin}\n\n${table}\n\n${end}${after}`);
}
