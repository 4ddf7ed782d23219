package org.actsandbox.agent.language.read;

/** Is a stretch of a sentence together with the meaning that was found in it. */
public record MeaningSpan(int start, int end, Meaning meaning) implements Comparable<MeaningSpan> {

  /** Returns whether a word of one of the topics stands there. */
  public boolean isWord(Topic... topics) {
    return meaning instanceof Meaning.Word word && word.isOf(topics);
  }

  public boolean counts(Meaning.Unit unit) {
    return meaning instanceof Meaning.Count count && count.unit() == unit;
  }

  /** Returns the stretch of a text of the sentence. */
  public String in(String text) {
    return text.substring(start, end);
  }

  @Override
  public int compareTo(MeaningSpan other) {
    return Integer.compare(start, other.start);
  }
}
