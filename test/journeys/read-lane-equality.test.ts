import fc from 'fast-check';
import { buildGraphqlSchema } from '../../src/app/graphql-schema.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { randomOperation, type RandomOperation } from './read-lane/random-operation.js';
import { createScene, type Scene } from './read-lane/scene.js';

/** RUNS=5000 for the full figure. */
const runs = Number(process.env['RUNS'] ?? 300);
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

interface Answer {
  status: number;
  type: string | null;
  length: string | null;
  text: string;
}

async function post(app: TestApp, headers: Record<string, string>, body: string): Promise<Answer> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'the-same-request', ...headers },
    body,
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    length: response.headers.get('content-length'),
    text: await response.text(),
  };
}

function isError({ text }: Answer): boolean {
  return text.startsWith('{"errors"');
}

describe('the read lane', () => {
  const schema = buildGraphqlSchema([]);
  let laned: TestApp;
  let plain: TestApp;
  let scene: Scene;
  beforeAll(async () => {
    laned = await startTestApp({ mode: 'api' });
    plain = await startTestApp({ mode: 'api', database: laned.database, mail: laned.mail, readLane: false });
    scene = await createScene(plain);
  });
  afterAll(async () => {
    await plain.stop();
    await laned.stop();
  });

  const answered = () => laned.running.lane?.answered ?? 0;

  /** What the resolvers say, what the lane says the first time, and what it says once it knows the operation. */
  async function ask({ reader, body }: RandomOperation) {
    const authorization = scene.readers[reader];
    const headers = authorization === undefined ? undefined : { authorization };
    const text = JSON.stringify(body);
    const [expected, first] = await Promise.all([
      post(plain, { ...headers }, text),
      post(laned, { ...headers }, text),
    ]);
    const laneAnswers = [first, await post(laned, { ...headers }, text)];
    // Where several fields fail, resolvers race for which of them is told.
    const told = new Set([expected.text]);
    for (let repeats = 0; isError(expected) && repeats < 20; repeats += 1) {
      if (laneAnswers.every((answer) => told.has(answer.text))) break;
      told.add((await post(plain, { ...headers }, text)).text);
    }
    return laneAnswers.map((given) => ({
      given,
      expected: told.has(given.text) && isError(given) ? given : expected,
    }));
  }

  it(
    'answers every operation byte for byte as the resolvers do',
    async () => {
      let asked = 0;
      let succeeded = 0;
      let byLane = 0;
      let successesByLane = 0;
      const property = fc.asyncProperty(fc.gen(), async (draw) => {
        const operation = randomOperation(draw, schema, scene);
        const before = answered();
        const answers = await ask(operation);
        const tookLane = answered() > before;
        const hasSucceeded = answers.every(({ expected }) => !isError(expected));
        asked += 1;
        succeeded += Number(hasSucceeded);
        byLane += Number(tookLane);
        successesByLane += Number(tookLane && hasSucceeded);
        const { body, reader } = operation;
        const told = `${reader} asks ${JSON.stringify(body.variables)} ${body.operationName}\n${body.query}`;
        for (const { given, expected } of answers) {
          expect({ told, ...given }).toEqual({ told, ...expected });
          expect(expected.text).not.toContain('"requestId"');
        }
      });
      await fc.assert(property, { numRuns: runs, seed });
      process.stdout.write(
        `read lane: seed ${seed}, ${asked} operations, ${byLane} answered by the lane; ` +
          `of ${succeeded} without an error, ${successesByLane}\n`,
      );
      expect(successesByLane).toBeGreaterThan(succeeded / 3);
    },
    runs * 300 + 10_000,
  );
});
