/** WebAssembly in base64, made of the AssemblyScript file before the question mark (scripts/parts/assembly-script.mjs). */
declare module '*?assembly' {
  const code: string;
  export default code;
}
