export default {
  testEnvironment: 'node',
  testTimeout: 30_000,
  maxWorkers: 2,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '\\.[mc]?[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
  // These packages ship ES modules only, so jest has to transform them.
  transformIgnorePatterns: ['/node_modules/(?!(kysely)/)'],
};
