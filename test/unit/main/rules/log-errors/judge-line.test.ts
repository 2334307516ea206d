import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../../../src-main/logs/parse/parse-line';
import { judgeError, judgeLine } from '../../../../../src-main/rules/log-errors/judge-line';

describe('judgeError', () => {
  it.each([
    '0 errors',
    'no failure',
    'error_count=0',
    'failover ok',
    'opened /var/log/nginx/error.log',
    'errors: none',
    'error handler registered',
    'Found 0 errors. Watching for file changes.',
    'Tests: 3 passed, 0 failed, 3 total',
    'error=null status=200',
    '{"a":1,"error":null}',
    'no errors or warnings',
    'no warnings or errors found',
    'Build succeeded without errors',
    'did not fail',
    'GET /error/404.html 200',
    'wrote error.log',
    'RX errors 0  dropped 0',
    'ErrorHandler initialised',
    'maxTaskFailuresPerNode is 3',
    'instruction cache parity error corrected',
    'total of 1 ddr error(s) detected and corrected over 12 seconds',
    '1 L3 EDRAM error(s) (dcr 0x0157) detected and corrected',
    'restart on failure enabled',
    'Failed to renew lease. Will retry shortly ...',
    'error rate: 0.0%',
    'fail-safe mode active',
    'terror alert',
    'error-free run',
    'failed=0 ok=12 changed=3',
    'isError: false',
    'no exception',
    'exited with code 0',
    '오류 없음',
    '오류 0건',
    'checking for errors',
    'if the request fails it is repeated',
    'Uncorrectable errors: 0',
    'errors=[]',
    'err=nil',
    'exit status 0',
    'compiled 12 files, 0 errors, 3 warnings',
    'onError callback set',
    'Connection broken for id 188978561024, my id = 1, error = ',
    'generating core.2275',
    '10.0.0.1 - - "GET /x?q=error HTTP/1.1" 200',
    'error: 0',
  ])('is silent about: %s', (line) => {
    expect(judgeError(parseLine(line))?.reason.text ?? null).toBeNull();
  });

  it.each([
    '10 errors',
    '1.0 failed',
    'java.lang.NullPointerException',
    'Traceback (most recent call last):',
    'Segmentation fault (core dumped)',
    'Out of memory: Killed process 123 (java)',
    'mod_jk child workerEnv in error state 6',
    'data TLB error interrupt',
    'Lustre mount FAILED : bglio11',
    'rts panic! - stopping execution',
    'ciod: failed to read message prefix on control stream',
    'ciod: LOGIN chdir(/p/gb1/x) failed: No such file or directory',
    'rts: kernel terminated for reason 1004',
    'machine check interrupt',
    'connect ECONNREFUSED 1.2.3.4: connection refused',
    'error: null pointer dereference',
    'error_count=3',
    'errorCode: 5',
    '"error":"boom"',
    'Failed password for root from 1.2.3.4',
    'could not open file',
    "Can't find child 1 in scoreboard",
    "Error: Cannot find module 'x'",
    'UnhandledPromiseRejection: uncaught',
    'panic: runtime error: index out of range',
    'request failed, giving up after 3 retries; retrying is off',
    'open() "/var/www/x" failed (2: No such file)',
    'exited with code 137',
    "thread 'main' panicked at src/main.rs:1",
    '오류가 발생했습니다',
    '업로드 실패',
    'Kernel panic - not syncing',
    'authentication failure; logname= uid=0',
    'ORA-00001: error',
    'connect to 10.0.0.1:80/tcp: error',
    'device reset failed',
    'err=-16020',
    'no response, request failed',
    'HTTP 500 Internal Server Error',
    '/bin/sh: foo: command not found',
    'Not enough memory: allocation failed',
    'not ready: backend error',
    'zero-length file failed to load',
  ])('names: %s', (line) => {
    expect(judgeError(parseLine(line))).not.toBeNull();
  });
});

describe('judgeLine', () => {
  it('believes the stated level, whatever the words', () => {
    expect(judgeLine(parseLine('2024-01-02 10:00:00 INFO request failed with an error'))).toMatchObject({ level: 'info' });
    expect(judgeError(parseLine('2024-01-02 10:00:00 INFO request failed with an error'))).toBeNull();
    expect(judgeLine(parseLine('2024-01-02 10:00:00 FATAL bye'))).toEqual({
      level: 'critical',
      reason: { rule: 'log-level', text: 'The line states its level: FATAL', values: { word: 'FATAL' } },
    });
  });

  it('says which word', () => {
    expect(judgeLine(parseLine('the upload failed'))).toEqual({
      level: 'error',
      reason: { rule: 'log-word', text: 'The text says "failed"', values: { word: 'failed' } },
    });
    expect(judgeLine(parseLine('an error, then a kernel panic'))).toMatchObject({
      level: 'critical',
      reason: { values: { word: 'panic' } },
    });
  });

  it('takes what is coped with for a warning', () => {
    expect(judgeLine(parseLine('Failed to renew lease, will retry shortly'))).toEqual({
      level: 'warning',
      reason: {
        rule: 'log-word-softened',
        text: 'The text says "Failed", but also "will retry"',
        values: { word: 'Failed', softener: 'will retry' },
      },
    });
    expect(judgeLine(parseLine('caught end of stream exception'))).toMatchObject({ level: 'warning' });
    expect(judgeLine(parseLine('Uncaught exception'))).toMatchObject({ level: 'error' });
    expect(judgeLine(parseLine('failed, retrying is pointless: giving up'))).toMatchObject({ level: 'error' });
  });

  it('has nothing to say about an ordinary line', () => {
    expect(judgeLine(parseLine('listening on port 3000'))).toBeNull();
    expect(judgeLine(parseLine(''))).toBeNull();
  });
});
