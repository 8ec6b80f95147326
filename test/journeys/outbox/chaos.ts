import { setTimeout as delay } from 'node:timers/promises';
import { startMailCatcher } from '../../../src/embedded/mail/mail-catcher.js';
import { createTestDatabase } from '../../support/database.js';
import { createOwner, type Member } from '../../support/factories/organization.js';
import { createClient } from '../../support/client.js';
import { waitFor } from '../../support/wait-for.js';
import { audit, expectedFeed, hurryTakeover, isSettled, type Audit } from './audit.js';
import { Create, Invite, Now, Update } from './documents.js';
import { startApi, WorkerCrew, type ApiNode } from './nodes.js';
import { Subscriber } from './subscriber.js';

export interface ChaosPlan {
  environments: number;
  /** Of whose mails each is sent once; the mail catcher keeps 500. */
  invitations: number;
  organizations: number;
  /** Writers at the same time, spread over two API processes. */
  connections: number;
  workers: number;
  kills: number;
  drops: number;
  settleTimeoutMs: number;
}

export interface ChaosReport extends Audit {
  seconds: number;
  settleSeconds: number;
  kills: number;
  drops: number;
  crashes: string[];
  complaints: Record<string, number>;
  subscribersSaw: number;
  /** Of subscribers whose sequence is not that of the log, each event once. */
  subscriberFaults: string[];
}

interface Run {
  plan: ChaosPlan;
  apis: ApiNode[];
  owners: Member[];
  crew: WorkerCrew;
  subscribers: Subscriber[];
  created: number;
  /** Creations that may have begun: writers wait for the killer, so that all kills fall into the writing. */
  allowed: number;
}

/** Creates and edits environments, now and then inviting somebody, until all are there. */
async function write(run: Run, connection: number): Promise<void> {
  const { plan, apis, owners } = run;
  const owner = owners[connection % owners.length] as Member;
  const client = createClient(apis[connection % apis.length]?.url ?? '', owner.accessToken);
  const inviteEvery = Math.floor(plan.environments / plan.invitations);
  for (let index = connection; index < plan.environments; index += plan.connections) {
    while (run.created > run.allowed) await delay(5);
    const { createEnvironment } = await client.run(Create, { input: { name: `Environment ${index}` } });
    await client.run(Update, {
      input: { id: createEnvironment.id, expectedRevision: 1, name: `Environment ${index}, edited` },
    });
    const invitation = index / inviteEvery;
    if (Number.isInteger(invitation) && invitation < plan.invitations) {
      await client.run(Invite, { input: { email: `guest-${index}@example.com`, role: 'MEMBER' } });
    }
    run.created += 1;
  }
}

async function spread(run: Run, times: number, act: (index: number) => Promise<void>): Promise<void> {
  const step = run.plan.environments / (times + 1);
  for (let index = 1; index <= times; index += 1) {
    await waitFor(() => run.created >= Math.floor(index * step), { timeoutMs: 300_000, what: 'the writers' });
    await act(index);
  }
}

async function kill(run: Run): Promise<void> {
  const { environments, kills } = run.plan;
  const step = environments / (kills + 1);
  run.allowed = 2 * step;
  await spread(run, kills, async (index) => {
    await run.crew.killOne(Math.random() * 300, Math.random);
    run.allowed = (index + 2) * step;
  });
  run.allowed = environments;
}

function drop(run: Run): Promise<void> {
  return spread(run, run.plan.drops, (index) => {
    run.subscribers[index % run.subscribers.length]?.drop();
    return Promise.resolve();
  });
}

async function compareFeeds(run: Run, database: ApiNode['database']): Promise<string[]> {
  const faults: string[] = [];
  for (const [index, subscriber] of run.subscribers.entries()) {
    const expected = await expectedFeed(database, run.owners[index]?.orgId ?? '');
    await waitFor(() => subscriber.seen.length >= expected.length, { timeoutMs: 10_000 }).catch(
      () => undefined,
    );
    const text = (seen: typeof expected) => seen.map((item) => `${item.environmentId} ${item.change}`);
    const [wanted, got] = [text(expected), text(subscriber.seen)];
    const first = wanted.findIndex((item, at) => got[at] !== item);
    if (first >= 0 || got.length !== wanted.length) {
      faults.push(`subscriber ${index}: ${got.length} of ${wanted.length}, differs from item ${first}`);
    }
    faults.push(...subscriber.problems.map((problem) => `subscriber ${index}: ${problem}`));
  }
  return faults;
}

/**
 * Two API processes, several workers that are killed one after the other, and subscribers that are cut off,
 * while environments are created. Reports what there is to hold against what there ought to be. `hurry` takes
 * the patience out of the wait for what killed workers held, so that the time then says nothing.
 */
export async function runOutboxChaos(
  plan: ChaosPlan,
  { hurry = false }: { hurry?: boolean } = {},
): Promise<ChaosReport> {
  const database = await createTestDatabase();
  const mail = await startMailCatcher();
  const surroundings = { database, mail };
  const crew = new WorkerCrew(surroundings, plan.workers);
  const apis: ApiNode[] = [];
  const subscribers: Subscriber[] = [];
  try {
    const [first, second] = await Promise.all([startApi(surroundings), startApi(surroundings), crew.start()]);
    apis.push(first, second);
    const owners: Member[] = [];
    for (let index = 0; index < plan.organizations; index += 1)
      owners.push(await createOwner(first, `School ${index}`));
    const urls = apis.map(({ url }) => url);
    for (const owner of owners) {
      const subscriber = new Subscriber(owner, urls, (await owner.client.run(Now, {})).feed.cursor);
      subscribers.push(subscriber);
      subscriber.follow();
    }
    const run: Run = { plan, apis, owners, crew, subscribers, created: 0, allowed: 0 };
    const started = Date.now();
    const writers = Array.from({ length: plan.connections }, (_, connection) => write(run, connection));
    await Promise.all([...writers, kill(run), drop(run)]);
    const written = Date.now();
    const settled = async () => {
      if (hurry) await hurryTakeover(database);
      return isSettled(database);
    };
    await waitFor(settled, { timeoutMs: plan.settleTimeoutMs, what: 'the end of all work' });
    const settleSeconds = (Date.now() - written) / 1000;
    const subscriberFaults = await compareFeeds(run, database);
    await crew.stop();
    return {
      ...(await audit(database, mail)),
      seconds: (written - started) / 1000,
      settleSeconds,
      kills: crew.kills,
      drops: subscribers.reduce((sum, { drops }) => sum + drops, 0),
      crashes: crew.crashes,
      complaints: Object.fromEntries(crew.complaints),
      subscribersSaw: subscribers.reduce((sum, { seen }) => sum + seen.length, 0),
      subscriberFaults,
    };
  } finally {
    for (const subscriber of subscribers) await subscriber.close();
    await crew.stop();
    for (const { process } of apis) process.kill('SIGTERM');
    await Promise.all(apis.map(({ process }) => process.ended));
    await mail.stop();
    await database.drop();
  }
}

type NumberName = keyof Audit | 'kills' | 'drops' | 'subscribersSaw';

/** What should not be so; empty when all is well. */
export function violationsOf(plan: ChaosPlan, report: ChaosReport): string[] {
  const { environments, invitations, kills, drops } = plan;
  const expected: [NumberName, number][] = [
    ['kills', kills],
    ['drops', drops],
    ['unpublished', 0],
    ['streamsNotDense', 0],
    ['outOfOrder', 0],
    ['subscribersSaw', 2 * environments],
    ['mailRows', invitations],
    ['eventsWithoutTheirJob', 0],
    ['mailsWithoutTheirJob', 0],
    ['mailsCaughtMoreOften', 0],
  ];
  const wrong = expected
    .filter(([name, value]) => report[name] !== value)
    .map(([name, value]) => `${name} is ${report[name]}, not ${value}`);
  // A mail that two kills in a row left in doubt is given up by design, and is then the only dead letter.
  const inDoubt = report.mailsGivenUp;
  if (report.mailsSent + inDoubt !== invitations)
    wrong.push(`${report.mailsSent} mails sent, ${inDoubt} given up`);
  if (report.mailsCaught < report.mailsSent) wrong.push(`${report.mailsCaught} different mails caught`);
  if (report.deadLetters !== inDoubt || report.jobsNotCompleted !== inDoubt) {
    wrong.push(`${report.deadLetters} dead letters, ${report.jobsNotCompleted} jobs not completed`);
  }
  return [...wrong, ...report.crashes.map((crash) => `a worker ended: ${crash}`), ...report.subscriberFaults];
}
