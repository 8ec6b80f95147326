import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents for tests; a client of its own does the same from the committed schema. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['test/**/*.ts', '!test/support/generated/**'],
  ignoreNoDocuments: true,
  generates: {
    'test/support/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        importExtension: '.js',
        enumsAsTypes: true,
        scalars: { UUID: 'string', DateTime: 'string' },
        documentMode: 'string',
      },
    },
  },
};

export default config;
