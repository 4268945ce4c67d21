export * from './api';
export * from './client';
export * from './kept';
export * from './live';
