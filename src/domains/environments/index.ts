import { Environment } from './environment.entity.js';
import { EnvironmentResolver } from './environment.resolver.js';

export const environmentEntities = [Environment];
export const environmentResolvers = [EnvironmentResolver];

export { environmentReads } from './environment.read.js';
export { environmentErrorCodes } from './environments.errors.js';
export { createEnvironments } from './environments.module.js';
