/** Numbers that are the same in every run. */
export function createChance(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/**
 * What stands for a value in a template: `#` a digit, `%` a hexadecimal digit in small letters, `^` a letter or digit, `~` a digit that is
 * often 0, `&` one to six digits. Everything else is itself; `\` keeps the next character.
 */
export function fillTemplate(template: string, below: (limit: number) => number): string {
  let line = '';
  for (let at = 0; at < template.length; at += 1) {
    const mark = template.charAt(at);
    if (mark === '\\') {
      at += 1;
      line += template.charAt(at);
    } else if (mark === '#') line += below(10);
    else if (mark === '~') line += below(2) === 0 ? 0 : below(10);
    else if (mark === '%') line += below(16).toString(16);
    else if (mark === '^') line += below(36).toString(36);
    else if (mark === '&') line += below(10 ** (1 + below(6)));
    else line += mark;
  }
  return line;
}

/** Heads and messages as programs write them, and such as somebody would write who wants lines to be taken for others. */
export const floodTemplates: readonly string[] = [
  // Stamps, also of days and hours that do not exist.
  '20##-##-##T##:##:##.###Z INFO worker-# request & for user & took & ms',
  '20##-~#-~#T~#:##:## WARN pool-& slow query & ms',
  '20##-~#-~# ~#:~#:~#,### INFO [main-&] org.example.App - started in &.## s',
  '20##/~#/~# ~#:~#:~# main.go:&: listening on :&',
  '20##~#~#T~#~#~# INFO compact &',
  '20##~#~# ~#:~#:~# compact with a blank &',
  '##~#~# ~#~#~# & INFO dfs.DataNode: block blk_& done',
  '~#:~#:~# clock only &',
  '~#:~#:### clock with three & digits',
  'Jul ~# ~#:~#:~# host-& sshd[&]: session opened for user u&',
  '[Sun Dec ~# ~#:~#:~# 2005] [notice] workerEnv.init() ok /etc/httpd/conf/workers&.properties',
  '~# Jan 2024 ~#:~#:~#.### started &',
  'I~#~# ~#:~#:~#.######   &# file.go:&] klog says &',
  'E~#~# ~#:~#:~#.######   &# file.go:&] klog fails &',
  '1:M ~# Jan 2024 ~#:~#:~#.### * ready to accept &',
  '[    &.######] usb &-&: new device number &',
  // Letters behind the fraction of a second: it ends there, or it is none.
  '20##-~#-~#T~#:~#:~#.###ms & later',
  '20##-~#-~# ~#:~#:~#.####x% worker & done',
  '~#:~#:~#.##^^ clock & of its own',
  '<~#>Jul ~# ~#:~#:~# host app[&]: by priority &',
  '20##-~#-~#T~#:~#:~#.#########Z stdout F {"level":"info","n":&,"at":"~#"}',
  // JSON: levels that are numbers, numbers that are none.
  '{"level":~#,"time":17#########,"msg":"pino &","n":~#}',
  '{"level":##,"time":17#########,"pid":&,"msg":"request completed","id":"%%%%%%%%"}',
  '{"lvl":#,"msg":"small &"}',
  '{"severity":"info","msg":"n &","a":~#,"b":-~#.~#}',
  '{"severity":~#,"msg":"by number &"}',
  '{"PRIORITY":#,"MESSAGE":"priority &"}',
  '{"level":#e#,"msg":"exponent &"}',
  '{"n":#e#,"level":"info","msg":"exponent elsewhere &"}',
  '{"s":"I","c":"NETWORK","id":&,"msg":"mongod &","t":{"$date":"20##-~#-~#T~#:~#:~#.###Z"}}',
  '{"msg":"escaped \\\\u00~# and \\\\n &","level":"info"}',
  '{"message":"caf\\\\u00e9 &"}',
  'web-1  | {"level":~#,"msg":"composed &"}',
  // Pairs.
  'level=info ts=20##-~#-~#T~#:~#:~#Z caller=server.go:& msg="GET /api/orders/&" status=~## duration=&ms',
  'ts=~#### level=debug msg="quoted \\\\" &" n=~#',
  'level=warning t=~# msg="&"',
  // No head.
  'cache hit for key session:%%%%%%%%%%%%%%%% (& bytes)',
  'reading /var/lib/app/data/&/%%%%%%.bin, & bytes at offset &',
  'job %%%%%%%%-%%%%-%%%%-%%%%-%%%%%%%%%%%% took &.# s',
  'object at 0x%%%%%%%%%%%% of %%%%%%%%-%%%% ended',
  'digest md#:%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%% sha#:%%%%%%%% utf-# sha-##6 x#6_64 ipv# k#s s# ec# mp# h26# log#j# int## base## rfc##1',
  'value ####%%%%d and ####d and ##e# and %%%%%%(x) or %%%%(x)',
  'jk#_init() of a.b#c(&) and x-#(y)',
  '%%%%%%%% INFO name before a level &',
  '%%%%a ERROR name before a level &',
  '10.0.###.# - - [~#/Nov/2026:~#:~#:~# +0000] "GET /a%%%%%%%%.js HTTP/1.1" ~## &',
  '==&== ERROR: AddressSanitizer: nothing',
  '#~ a frame of php &',
  'goroutine & [running]:',
  'Caused by: nothing & more',
  '... & more',
  'list of &:',
  'opens a block & {',
  '}',
  '  indented & line',
  '\tat org.example.Foo$&.bar(Foo.java:&)',
  'java.lang.IllegalStateException: state &',
  'org.example.BadException: with & words',
  'Traceback (most recent call last):',
  '  File "/app/main&.py", line &, in run',
  'ValueError: bad &',
  'panic: runtime & index',
  'main.run(0x%%%%%%)',
  '',
  ' ',
  // Words of failure with numbers that take them back.
  '~ errors found in & files',
  'errors: ~ of &',
  'exited with code ~',
  'exited with status ~#',
  'process & failed with ~# failures',
  'error_count=~ in &',
  'INFO a stated failure of & is none',
  'ERROR payment & failed: refused by 10.0.3.&',
  'FATAL out of memory after & bytes',
  'WARNING: deprecated option &',
  // Secrets, some of them by their digits only.
  'card 4111111111111111 of user &',
  'number ################ seen &',
  'number #### #### #### #### seen &',
  'number ####-####-####-#### seen &',
  'id ####-####-####-####-%%%% seen &',
  'account DE## #### #### #### #### ## for &',
  'account GB##WEST############## for &',
  'key ya##.a0AfH6SMBx%%%%%%%%%%%%%%%%%%%% at &',
  'key gr#######%%%%%%%%%%%%%%%%%%%%%%%% GR#######%%%%%%%%%%%%%%%%%%%%%%%%',
  'key abc#Q~abcdefghijklmnopqrstuvwxyz12345678 &',
  'key #//#abcdefghijklmnopqrstuvwxyz0123456789 &',
  'key dop_v#_%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%% &',
  'bot ########:AA%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%% &',
  'token=%%%%%%%%%%%%%%%% for &',
  'token: ~~ left &',
  'password=&',
  'user u&@example.com logged in & times',
  'see https://example.com:&/a?b=& for &',
  'https://user:p%%%%@example.com/ &',
  'AKIA^^^^^^^^^^^^^^^^ & akia',
  'Authorization: Bearer %%%%%%%%%%%%%%%%%%%% &',
  '-----BEGIN RSA PRIVATE KEY-----',
  'MIIEpAIBAAKCAQEA^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
  '-----END RSA PRIVATE KEY-----',
  // Bytes of other kinds.
  'caf\u00e9 & is open',
  'red \u001b[31m& alert\u001b[0m done',
  'redrawn & \rlast & state',
  'tab\tbetween & values',
];
