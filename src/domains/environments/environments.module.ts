import { environmentFeed } from './environment.feed.js';
import { EnvironmentResolver } from './environment.resolver.js';
import { createEnvironmentService } from './environment.service.js';

/** Learning environments: making, editing and finding them. */
export function createEnvironments() {
  return { resolvers: [new EnvironmentResolver(createEnvironmentService())], feed: environmentFeed };
}
