export * from '../../../src-shared/process-filter/parse';
