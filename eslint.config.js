import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const onlyConfigReadsEnv = {
  object: 'process',
  property: 'env',
  message: 'Only src/app/config.ts reads the environment; take what you need from the config object.',
};

const noSessionSettings = {
  selector:
    'TemplateElement[value.raw=/set_config\\([^)]*,\\s*false\\s*\\)/i], Literal[value=/set_config\\([^)]*,\\s*false\\s*\\)/i]',
  message: 'A session-level setting outlives its transaction and leaks one org into another: pass true.',
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'coverage/',
      '.toolbox/',
      'node_modules/',
      'test/support/generated/',
      '**/*.generated.ts',
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
        module: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noSessionSettings],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/app/config.ts'],
    rules: { 'no-restricted-properties': ['error', onlyConfigReadsEnv], 'no-console': 'error' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
);
