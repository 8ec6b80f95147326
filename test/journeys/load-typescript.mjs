/** `--import` this to run TypeScript from any working directory; the package's own file works in the project's only. */
import { register } from 'node:module';

register('@swc-node/register/esm', import.meta.url);
