import { plainText } from './command-words';
import { scriptName } from './script-name';
import { firstArgument, options } from './skip-options';
import { programOf, type Unwrapped } from './unwrapped';

const javaOptions = options(
  '-cp -classpath --class-path -p --module-path --add-modules --add-opens --add-exports --add-reads --upgrade-module-path --limit-modules --patch-module --source --enable-native-access --describe-module -d',
);

/** java: the jar, the module or the class with `main`. */
export function unwrapJava(words: readonly string[]): Unwrapped | null {
  const rest = words.slice(1);
  const jar = rest.indexOf('-jar');
  const found = firstArgument(
    rest.filter((word) => !word.startsWith('@') && word !== '-jar' && word !== '-m' && word !== '--module'),
    javaOptions,
  );
  if (found.kind !== 'word') return null;
  if (jar !== -1 && rest[jar + 1] === found.word) return programOf(scriptName(found.word));
  if (/\.(?:jar|java)$/.test(found.word)) return programOf(scriptName(found.word));
  return programOf(plainText(found.word));
}

const dotnetOptions = options('--additionalprobingpath --additional-deps --depsfile --runtimeconfig --fx-version --roll-forward');

/** dotnet app.dll, dotnet run, dotnet watch, dotnet exec app.dll. */
export function unwrapDotnet(words: readonly string[]): Unwrapped | null {
  const found = firstArgument(words.slice(1), dotnetOptions);
  if (found.kind !== 'word') return null;
  if (found.word === 'exec') {
    const script = firstArgument(found.rest, dotnetOptions);
    return script.kind === 'word' ? programOf(scriptName(script.word)) : null;
  }
  if (/\.(?:dll|exe)$/i.test(found.word)) return programOf(scriptName(found.word));
  return programOf(plainText(`dotnet ${found.word}`));
}
