/** Entries that stand before, after and at the head of a trace. */
export const before = '2026-11-21T10:00:00.000Z INFO  [main] shop.Orders - order 17 taken';
export const after = '2026-11-21T10:00:09.000Z INFO  [main] shop.Orders - order 18 taken';
export const failed = '2026-11-21T10:00:05.000Z ERROR [main] shop.Orders - order 17 failed';

/** One entry each, whole, by what wrote it. */
export const traces: Readonly<Record<string, string>> = {
  'Java below a head': `${failed}
java.lang.IllegalStateException: no stock
	at shop.Stock.take(Stock.java:41) ~[shop.jar:1.2]
	at java.base/java.lang.Thread.run(Thread.java:833)
	Suppressed: java.io.IOException: pipe
		at shop.Pipe.close(Pipe.java:3)
Caused by: java.sql.SQLException: gone
	at org.postgresql.Driver.connect(Driver.java:12)
	... 23 more
Caused by: java.net.ConnectException: refused
	... 25 common frames omitted`,
  'Java of its own': `Exception in thread "main" java.lang.NullPointerException: Cannot invoke "String.length()" because "<local1>" is null
	at Main.main(Main.java:5)`,
  'Kotlin coroutine': `${failed}
kotlinx.coroutines.TimeoutCancellationException: Timed out waiting for 100 ms
	at shop.MainKt$main$1.invokeSuspend(Main.kt:9)
	at _COROUTINE._BOUNDARY._(CoroutineDebugging.kt:42)`,
  'Python of its own': `Traceback (most recent call last):
  File "/app/main.py", line 10, in <module>
    run(x,
        y)
    ^^^^^^
  File "/app/run.py", line 3, in run
    return 1 / 0
ZeroDivisionError: division by zero

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/main.py", line 12, in <module>
    raise KeyError("a")
KeyError: 'a'`,
  'Python below a head': `2026-11-21 10:00:05,123 - shop - ERROR - order failed
Traceback (most recent call last):
  File "/app/db.py", line 3, in connect
sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) refused
[SQL: SELECT 1]
(Background on this error at: https://sqlalche.me/e/20/e3q8)`,
  'Python without message': `Traceback (most recent call last):
  File "x.py", line 1, in <module>
KeyboardInterrupt`,
  'Node of its own': `Error: connect ECONNREFUSED 127.0.0.1:5432
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1595:16) {
  errno: -111,
  code: 'ECONNREFUSED',
  [cause]: Error: inner
      at async file:///app/index.mjs:3:9
}`,
  'TypeScript below a head': `2026-11-21T10:00:05.000Z error: order failed
TypeError: Cannot read properties of undefined (reading 'id')
    at Orders.take (/app/src/orders.ts:41:13)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`,
  'Node, uncaught': `/app/index.js:10
    throw new Error('x');
    ^

Error: x
    at Object.<anonymous> (/app/index.js:10:11)

Node.js v20.20.0`,
  'Node, uncaught, its source not indented': `file:///app/n.mjs:8
Promise.reject(new RangeError('late'));
               ^

RangeError: late
    at file:///app/n.mjs:8:16

Node.js v20.20.0`,
  'Node, module not found': `node:internal/modules/cjs/loader:1210
  throw err;
  ^

Error: Cannot find module '/nope.js'
Require stack:
- /app/index.js
    at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15) {
  code: 'MODULE_NOT_FOUND'
}

Node.js v20.20.0`,
  'module not found, caught': `Error: Cannot find module '/nope.js'
Require stack:
- /app/index.js
    at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15)`,
  'Python thread': `Exception in thread Thread-1 (<lambda>):
Traceback (most recent call last):
  File "/app/g.py", line 19, in <lambda>
ZeroDivisionError: division by zero`,
  'Python task': `ERROR:asyncio:Task exception was never retrieved
future: <Task finished name='Task-2' exception=RuntimeError('x')>
Traceback (most recent call last):
  File "/app/g.py", line 16, in boom
RuntimeError: x`,
  'Python exception group': `ERROR:root:group
  + Exception Group Traceback (most recent call last):
  |   File "/app/g.py", line 11, in <module>
  | ExceptionGroup: many (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | ValueError: a
    +------------------------------------`,
  'Go panic': `panic: runtime error: index out of range [5] with length 3 [recovered]
	panic: again

goroutine 1 [running]:
main.(*Shop).take(0xc000012345, 0x5)
	/app/main.go:12 +0x1d
main.main()
	/app/main.go:5 +0x1a
created by net/http.(*Server).Serve in goroutine 1
	/usr/local/go/src/net/http/server.go:3086 +0x5cb
exit status 2`,
  'Go below a head': `2026/11/21 10:00:05 http: panic serving 172.17.0.1:40312: boom
goroutine 34 [running]:
net/http.(*conn).serve.func1()
	/usr/local/go/src/net/http/server.go:1868 +0xb9
panic({0x6a5b40?, 0x75c8c8?})
	/usr/local/go/src/runtime/panic.go:920 +0x270`,
  'Rust panic': `thread 'main' panicked at src/main.rs:4:5:
called \`Option::unwrap()\` on a \`None\` value
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90c5418/library/std/src/panicking.rs:645:5
   1: shop::main
             at ./src/main.rs:4:5
note: Some details are omitted, run with \`RUST_BACKTRACE=full\` for a verbose backtrace.`,
  'Rust error with causes': `Error: cannot read settings

Caused by:
    0: cannot open file
    1: No such file or directory (os error 2)`,
  '.NET': `Unhandled exception. System.InvalidOperationException: no stock
 ---> System.IO.IOException: pipe
   at Shop.Pipe.Close() in /src/Pipe.cs:line 7
   --- End of inner exception stack trace ---
   at Shop.Program.Main(String[] args) in /src/Program.cs:line 12
--- End of stack trace from previous location ---
   at Shop.Program.<Main>(String[] args)`,
  'ASP.NET console': `fail: Microsoft.AspNetCore.Server.Kestrel[13]
      Connection id "0HM", Request id "1": An unhandled exception was thrown by the application.
      System.Exception: boom
         at Shop.Startup.Run() in /src/Startup.cs:line 20`,
  Ruby: `/app/shop.rb:12:in \`take': no stock (RuntimeError)
	from /app/shop.rb:20:in \`each'
	from /app/shop.rb:30:in \`<main>'`,
  PHP: `PHP Fatal error:  Uncaught Exception: no stock in /app/shop.php:3
Stack trace:
#0 /app/index.php(7): take()
#1 {main}

Next RuntimeException: order failed in /app/index.php:9
Stack trace:
#0 {main}
  thrown in /app/index.php on line 9`,
  'PHP, Monolog': `[2026-11-21 10:00:05] production.ERROR: no stock {"exception":"[object] (Exception(code: 0): no stock at /app/shop.php:3)
[stacktrace]
#0 /app/index.php(7): take()
#1 {main}
"} `,
  'address sanitizer': `==4711==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x0 bp 0x1 sp 0x2
READ of size 4 at 0x602000000010 thread T0
    #0 0x55d0 in main /src/main.cpp:7:10
    #1 0x7f3a in __libc_start_main (/lib/x86_64-linux-gnu/libc.so.6+0x29d8f)

0x602000000010 is located 0 bytes inside of 4-byte region
freed by thread T0 here:
    #0 0x55c1 in operator delete(void*) (/src/a.out+0xd2)
SUMMARY: AddressSanitizer: heap-use-after-free /src/main.cpp:7:10 in main
Shadow bytes around the buggy address:
=>0x0c047fff8000: fa fa[fd]fa
==4711==ABORTING`,
  'indented lines below a head': `2026-11-21 10:00:05.123 UTC [77] ERROR:  syntax error at or near "FORM"
	SELECT *
	FORM orders`,
  'a block in brackets': `2026-11-21T10:00:05.000Z INFO  [main] shop.Config - settings: {
  "port": 8080,
  "names": [
    "a"
  ]
}`,
  'a block in brackets without head': `{
  "port": 8080
}`,
  'a named block without head': `services:
  web:
    port: 80`,
  'coloured frames': `\u001b[31mError: x\u001b[39m
\u001b[90m    at main (node:internal/x:1:2)\u001b[39m`,
};
