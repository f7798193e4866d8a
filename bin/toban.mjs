#!/usr/bin/env node
// Starts the bot. Plain JavaScript, so that a Node that is too old can say so, and so that the compiled sources are
// kept on disk before the first of them is loaded: the next start need not strip and compile them again.
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './node-version.mjs';

// Where the folder cannot be written the start is slower, and nothing else.
module.enableCompileCache(join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules', '.cache', 'toban'));
await import('../src/main.ts');
// Now, because a process that is killed writes nothing at its end.
module.flushCompileCache();
