/** A program that starts and stops as SCENARIO says; for shutdown.test.ts, which sends it signals. */
import { setTimeout as delay } from 'node:timers/promises';
import { endProcess, runUntilStopped, type Stoppable } from '../../src/app/shutdown.js';
import { stopAll } from '../../src/app/stop-all.js';
import { createLogger } from '../../src/kernel/logger.js';

const log = createLogger({ level: 'info' });
const say = (text: string) => log.info(`said: ${text}`);
const never = new Promise<never>(() => undefined);
const aborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      say('cleaned up');
      reject(signal.reason as Error);
    });
  });
const fails = () => Promise.reject(new Error('it did not want to'));
const stops = (name: string) => () => Promise.resolve(say(`${name} stopped`));
/** Something left open. */
const keepOpen = () => setInterval(() => undefined, 1000);

const running = (stop: () => Promise<void> = stops('all')): Stoppable => ({ stop, failed: never });

const scenarios: Record<string, (signal: AbortSignal) => Promise<Stoppable>> = {
  'stops, leaving something open': () => {
    keepOpen();
    return Promise.resolve(running());
  },
  'fails to stop a part': () => {
    keepOpen();
    return Promise.resolve(running(() => stopAll([[fails, stops('first')], [fails], [stops('last')]], log)));
  },
  'fails to start, leaving something open': () => {
    keepOpen();
    return Promise.reject(new Error('no way to start'));
  },
  'starts for ever': (signal) => {
    keepOpen();
    say('starting');
    return aborted(signal);
  },
  'starts for ever, whatever it is told': () => {
    keepOpen();
    say('starting');
    return never;
  },
  'breaks while it starts': (signal) => {
    setTimeout(() => {
      throw new Error('broken while starting');
    }, 10);
    return aborted(signal);
  },
  'breaks twice, and a promise as well': () => {
    const later = (message: string) => void delay(10).then(() => Promise.reject(new Error(message)));
    later('first break');
    const stop = async () => {
      later('second break');
      await delay(50);
      say('stopped after all');
    };
    return Promise.resolve(running(stop));
  },
  'loses what it needs': () => Promise.resolve({ stop: stops('all'), failed: Promise.resolve('lost it') }),
};

const start = scenarios[process.env['SCENARIO'] ?? ''];
if (!start) throw new Error('SCENARIO is none of this program.');
const code = runUntilStopped({
  forceMs: 500,
  log,
  start: async (signal) => {
    const started = await start(signal);
    say('started');
    return started;
  },
}).catch((error: unknown) => {
  log.error({ err: error }, 'not started');
  return 78;
});
endProcess(await code);
