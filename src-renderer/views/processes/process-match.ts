export * from '../../../src-shared/process-filter/match';
