/** Which file may import which; docs/ARCHITECTURE.md says why. Type imports count like all others. */

/** Imports go down this list; talk goes up it, by events. */
const rank = [
  'accounts',
  'organizations',
  'mail',
  'billing',
  'uploads',
  'environments',
  'notifications',
  'operations',
];

const packages = (...names) => `node_modules/(?:${names.join('|')})/`;
const graphqlPackages = packages(
  'graphql',
  'graphql-[^/]+',
  'type-graphql',
  '@apollo/[^/]+',
  '@graphql-[^/]+/[^/]+',
  '@as-integrations/[^/]+',
);
const vendorPackages = packages(
  'stripe',
  'nodemailer',
  'smtp-server',
  'postal-mime',
  '@sendgrid/[^/]+',
  'ioredis',
  'pusher',
  'pusher-js',
  '@aws-sdk/[^/]+',
  '@supabase/[^/]+',
  'firebase[^/]*',
  'twilio',
);

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const downTheRank = rank
  .slice(0, -1)
  .map((domain, index) =>
    forbid(
      `${domain}-imports-down-the-rank`,
      `The domains after ${domain} build on it; it tells them things by events.`,
      { path: `^src/domains/${domain}/` },
      { path: `^src/domains/(?:${rank.slice(index + 1).join('|')})/` },
    ),
  );

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'no-circle',
      'Of two files that import each other neither can be read or loaded alone.',
      {},
      { circular: true },
    ),
    forbid(
      'no-orphan',
      'Nothing imports it and it imports nothing: remove it.',
      { orphan: true, path: '^src/' },
      {},
    ),
    forbid('resolvable', 'The import leads nowhere.', {}, { couldNotResolve: true }),

    forbid(
      'kernel-stands-alone',
      'The kernel imports nothing of ours.',
      { path: '^src/kernel/' },
      { path: '^src/(?!kernel/)' },
    ),
    forbid(
      'domains-know-no-edge',
      'A domain declares a port; app/ hands it the adapter.',
      { path: '^src/domains/' },
      { path: '^src/(?:adapters|embedded|app|main)\\b' },
    ),
    forbid(
      'adapters-know-ports',
      'An adapter imports the kernel and the ports that it fills.',
      { path: '^src/adapters/([^/]+)/' },
      { path: '^src/', pathNot: ['^src/kernel/', '^src/adapters/$1/', '^src/domains/.+\\.ports\\.ts$'] },
    ),
    forbid(
      'embedded-knows-kernel',
      'A stand-in plays a service of the outside world, which does not know us.',
      { path: '^src/embedded/([^/]+)/' },
      { path: '^src/', pathNot: ['^src/kernel/', '^src/embedded/$1/'] },
    ),
    forbid('nothing-imports-main', 'It is where the program starts.', {}, { path: '^src/main\\.ts$' }),

    forbid(
      'domains-by-the-door',
      'Another domain is used through its index.ts or its events.',
      { path: '^src/domains/([^/]+)/' },
      {
        path: '^src/domains/',
        pathNot: ['^src/domains/$1/', '^src/domains/[^/]+/index\\.ts$', '\\.events\\.ts$'],
      },
    ),
    forbid(
      'domains-are-ranked',
      'Put the new domain into the list above.',
      { path: `^src/domains/(?!(?:${rank.join('|')})/)` },
      {},
    ),
    ...downTheRank,

    forbid(
      'graphql-stays-at-the-edge',
      'What a domain does must not depend on how it was asked.',
      { path: '^src/.+\\.(?:service|policy|entity|jobs|queries|ports|events)\\.ts$' },
      { path: graphqlPackages },
    ),
    forbid(
      'vendors-stay-in-adapters',
      'A vendor is replaced in one folder.',
      { path: '^src/', pathNot: '^src/(?:adapters|embedded)/' },
      { path: vendorPackages },
    ),
    forbid(
      'src-stands-alone',
      'The program runs without them.',
      { path: '^src/' },
      { path: '^(?:test|scripts|bench|web)/' },
    ),
    forbid(
      'no-development-package',
      'It is not there in production.',
      { path: '^src/' },
      { dependencyTypes: ['npm-dev'], pathNot: packages('@types/[^/]+') },
    ),
    forbid(
      'declared-packages-only',
      'The package only happens to be installed: name it in package.json.',
      { path: '^(?:src|migrations)/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
