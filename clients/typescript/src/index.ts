// Buys over ACT 2.1 as an agent of your own: docs/clients.md has the walk through it.
export * from './agent.js';
export * from './http.js';
export * from './principal.js';
export * from './signing.js';
