#!/usr/bin/env node
// Starts the doctor where Node is new enough, and says so where it is not.
import './node-version.mjs';
await import('../src/doctor.ts');
