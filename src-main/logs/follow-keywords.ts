import { type Classify, createClassifier } from './classify';

/** The classifier of the present keywords, made anew only when they change. */
export function followKeywords(keywords: () => readonly string[]): Classify {
  let current: readonly string[] = [];
  let classify: Classify = () => null;
  return (text) => {
    const wanted = keywords();
    if (wanted !== current) {
      current = wanted;
      classify = createClassifier(wanted);
    }
    return classify(text);
  };
}
