/**
 * What kind of stack trace is open, as far as it decides what may follow. `error`: one line that says an error and may get frames;
 * `frames`: frames of any runtime whose lines are indented (Java, Kotlin, Node, .NET).
 */
export type Trace =
  | 'none'
  | 'error'
  | 'frames'
  | 'python'
  | 'python-frames'
  | 'python-ended'
  | 'python-chain'
  | 'node-source'
  | 'node-throw'
  | 'node-modules'
  | 'node-thrown'
  | 'go'
  | 'rust'
  | 'rust-message'
  | 'ruby'
  | 'php'
  | 'numbered'
  | 'asan'
  | 'block';

const pythonStart = /Traceback \(most recent call last\):/y;
const pythonHeading = /Exception (?:in thread |ignored in: )/y;
const pythonTask = /(?:future|task|handle|protocol|transport|source_traceback): </y;
const pythonError = /[A-Za-z_][\w.]{0,200}(?:: |:?$)/y;
const pythonChain = /(?:During handling of the above exception|The above exception was the direct cause)/y;
const pythonDetail = /(?:\[(?:SQL|parameters): |\(Background on this error at: )/y;
const javaError = /(?:[A-Za-z_$][\w$]{0,80}\.){1,20}[\w$]{0,80}(?:Exception|Error|Throwable|Failure|Interrupt)(?:: |$)/y;
const bareError = /(?:Uncaught )?(?:[A-Z]\w{0,60})?(?:Error|Exception)(?: \[\w{1,60}\])?(?:: |$)/y;
const cause = /(?:Caused by:(?: |$)|Suppressed: |\.\.\. \d{1,6} (?:more|common frames omitted)|---> |--- End of |\[CIRCULAR REFERENCE)/y;
const causedBy = /[ \t]{0,40}(?:Caused by|Suppressed): \S/y;
const request = /(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S|\d{1,3}(?:\.\d{1,3}){3} /y;
const goroutine = /goroutine \d{1,12} (?:gp=\S{1,40} m=\S{1,40}(?: mp=\S{1,40})? )?\[[^\]]{1,80}\]:/y;
const goStart = /(?:panic|fatal error): /y;
const goFunction = /(?:created by )?(?:[\w.~-]{1,100}\/){0,20}[\w.~-]{1,100}\.[\w.*$()[\]{}]{1,200}(?:\(| in goroutine \d|$)/y;
const goPackaged = /(?:main\.|(?:[\w.~-]{1,100}\/){1,20}[\w~-]{1,100}\.)[\w.*()]{1,200}$/y;
const goOther =
  /(?:\[signal |\[recovered\]|exit status \d|runtime: |panic\(|\.\.\.additional frames elided|\.\.\.\d{1,6} frames elided|r[a-z\d]{1,7} +0x)/y;
const rustPanic = /thread '[^']{0,200}' (?:\(\d{1,12}\) )?panicked at /y;
const rustOther = /(?:note: |stack backtrace:)/y;
const nodeThrow =
  /(?:(?:file:\/\/)?\/[^\s:]{1,400}\.[cm]?[jt]sx?|node:[\w/.-]{1,200}|<anonymous_script>|\[eval\]|evalmachine\.<anonymous>):\d{1,7}$/y;
const nodeModules = /Require stack:$/y;
const nodeModule = /- \S/y;
const nodeVersion = /Node\.js v\d/y;
const rubyFrame = /[^\s:]{1,400}\.rb:\d{1,7}:in [`']/y;
const phpError = /(?:PHP )?(?:Fatal error|Warning): {1,2}Uncaught /y;
const phpOther = /(?:Stack trace:$|#\d{1,5} |Next [\w\\]{1,200}(?:Exception|Error)|\{main\}|thrown in |"\} ?$)/y;
const stackHeading = /(?:Stack trace:|\[stacktrace\]|Stack backtrace:|stack backtrace:|Backtrace:)$/y;
const numberedFrame = /#\d{1,5} {1,3}\S/y;
const asanStart = /==\d{1,10}== ?(?:ERROR|WARNING): \w{1,40}Sanitizer/y;
const asanOther =
  /(?:={10}|READ of size|WRITE of size|0x[\da-f]{1,16} is located|freed by thread|previously allocated by|allocated by thread|Thread T\d|SUMMARY: |Shadow byte|=>0x|Direct leak of|Indirect leak of|HINT: |==\d{1,10}== ?(?:ABORTING|Hint|Register|The signal)|#\d{1,5} )/y;
const blockStart = /[\w."'$-]{1,100}:$/y;

const indentedAt = /[ \t]{1,40}at (?:async |new )?(?:[\w$.<>/@[\]~`-]{1,300}|Object\.<anonymous>|[^(]{1,200})(?: ?\(| in |:\d|$)/y;
const indentedCause = /[ \t]{0,40}(?:Caused by: |Suppressed: |\.\.\. \d{1,6} (?:more|common frames omitted)|---> |--- End of )/y;
const indentedPython = /[ \t]{1,40}File "[^"]{1,1000}", line \d/y;
const indentedGo = /\t(?:[A-Za-z]:)?[^\s:]{1,400}\.(?:go|s):\d{1,7}(?: \+0x|$)/y;
const indentedRust = /[ \t]{1,12}(?:\d{1,5}: (?:0x[\da-f]{1,16} - )?\S|at \S{1,400}\.rs:\d)/y;
const indentedRuby = /[ \t]{1,12}(?:\d{1,5}: )?from \S{1,400}:\d{1,7}:in /y;
const indentedNumbered = /[ \t]{1,12}#\d{1,5} {1,3}\S/y;

/** Words for which a line without head is taken as the message of the frames that follow it. */
const errorWords = /error|exception|panic|fatal|fail|abort|uncaught|unhandled|crash|throw|segfault|assert|sanitizer|signal/i;

export function saysError(text: string): boolean {
  return errorWords.test(text);
}

function fits(shape: RegExp, text: string): boolean {
  shape.lastIndex = 0;
  return shape.test(text);
}

/** By a frame as its runtime indents it; null: it is none. */
export function traceOfFrame(text: string): Trace | null {
  if (fits(indentedPython, text)) return 'python-frames';
  if (fits(indentedGo, text)) return 'go';
  if (fits(indentedRust, text)) return 'rust';
  if (fits(indentedRuby, text)) return 'ruby';
  if (fits(indentedNumbered, text)) return 'numbered';
  return fits(indentedAt, text) || fits(indentedCause, text) ? 'frames' : null;
}

/** What the first line of an entry opens. */
export function traceOpenedBy(text: string): Trace {
  const code = text.charCodeAt(0);
  if (code === 32 || code === 9) return traceOfFrame(text) ?? 'none';
  if (fits(pythonStart, text)) return 'python';
  if (fits(goStart, text) || fits(goroutine, text)) return 'go';
  if (fits(rustPanic, text)) return text.endsWith(':') ? 'rust-message' : 'rust';
  if (fits(asanStart, text)) return 'asan';
  if (fits(phpError, text)) return 'php';
  if (fits(nodeThrow, text)) return 'node-source';
  if (text.includes('.rb:') && fits(rubyFrame, text)) return 'ruby';
  if (code === 35 && fits(numberedFrame, text)) return 'numbered';
  if (fits(bareError, text) || fits(javaError, text)) return 'error';
  return text.endsWith(':') && fits(blockStart, text) ? 'block' : 'none';
}

/** "Type: message" as runtimes print it above its frames, also as a cause. */
export function namesException(text: string): boolean {
  return fits(bareError, text) || fits(javaError, text) || fits(causedBy, text);
}

/** A request, which a server's other stream may put between an error and its frames. */
export function namesRequest(text: string): boolean {
  return fits(request, text);
}

/** What is open after a line that is not indented and follows in the trace; null: it does not. */
export function traceAfter(trace: Trace, text: string): Trace | null {
  switch (trace) {
    case 'none':
    case 'block':
      return null;
    case 'error':
    case 'frames':
      return fits(cause, text) ? 'frames' : trace === 'error' && fits(nodeModules, text) ? 'node-modules' : null;
    case 'node-modules':
      return fits(nodeModule, text) ? 'node-modules' : null;
    case 'node-source':
      return 'node-throw';
    case 'python':
    case 'python-frames':
      return trace === 'python-frames' && fits(pythonError, text) ? 'python-ended' : null;
    case 'python-ended':
      return fits(pythonChain, text) ? 'python-chain' : fits(pythonDetail, text) ? 'python-ended' : null;
    case 'python-chain':
      return fits(pythonStart, text) ? 'python' : null;
    case 'node-throw':
      return fits(bareError, text) ? 'node-thrown' : null;
    case 'node-thrown':
      if (fits(nodeVersion, text)) return 'none';
      return fits(nodeModules, text) || fits(nodeModule, text) || fits(cause, text) ? 'node-thrown' : null;
    case 'go':
      return fits(goroutine, text) || fits(goFunction, text) || fits(goOther, text) ? 'go' : null;
    case 'rust-message':
      return 'rust';
    case 'rust':
      return fits(rustOther, text) || fits(cause, text) ? 'rust' : null;
    case 'ruby':
      return fits(rubyFrame, text) ? 'ruby' : null;
    case 'php':
      return fits(phpOther, text) ? 'php' : null;
    case 'numbered':
      return fits(numberedFrame, text) || fits(phpOther, text) ? 'numbered' : null;
    case 'asan':
      return fits(asanOther, text) ? 'asan' : null;
  }
}

/** A line of Python after which a traceback stands on its own. */
export function announcesTraceback(first: string, text: string): boolean {
  return fits(pythonStart, text) && fits(pythonHeading, first);
}

/** What a line opens that is not indented and belongs to a message before it that may be an error; null: it does not belong to it. */
export function traceBelowMessage(text: string): Trace | null {
  if (fits(goroutine, text)) return 'go';
  if (fits(stackHeading, text)) return text.startsWith('s') ? 'rust' : 'php';
  return fits(cause, text) ? 'frames' : null;
}

/** The same where the message has a head: there the exception itself has a line of its own. `isError`: the head states error or worse. */
export function traceBelowHead(text: string, isError: boolean): Trace | null {
  if (fits(pythonStart, text)) return 'python';
  if (fits(javaError, text)) return 'frames';
  if (fits(rubyFrame, text)) return 'ruby';
  if (text.startsWith('#0 ')) return 'numbered';
  if (isError && fits(bareError, text)) return 'frames';
  if (isError && fits(pythonTask, text)) return 'none';
  return isError && fits(goPackaged, text) ? 'go' : null;
}

const blankFollowers: ReadonlySet<Trace> = new Set<Trace>([
  'error',
  'python-ended',
  'python-chain',
  'node-throw',
  'node-thrown',
  'go',
  'rust',
  'php',
  'asan',
]);

/** Whether these traces hold empty lines. */
export function holdsBlankLines(trace: Trace): boolean {
  return blankFollowers.has(trace);
}
