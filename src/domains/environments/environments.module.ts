import { environmentFeed } from './environment.feed.js';
import { EnvironmentResolver } from './environment.resolver.js';

/** Learning environments: making, editing and finding them. */
export function createEnvironments() {
  return { resolvers: [new EnvironmentResolver()], feed: environmentFeed };
}
