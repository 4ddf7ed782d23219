package org.actsandbox.agent.language.read;

/** Is a stretch of a sentence together with the meaning that was found in it. */
public record MeaningSpan(int start, int end, Meaning meaning) implements Comparable<MeaningSpan> {

  @Override
  public int compareTo(MeaningSpan other) {
    return Integer.compare(start, other.start);
  }
}
