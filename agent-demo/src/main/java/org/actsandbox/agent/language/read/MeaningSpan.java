package org.actsandbox.agent.language.read;

/** A stretch of the sentence that was understood. */
public record MeaningSpan(int start, int end, Meaning meaning) implements Comparable<MeaningSpan> {

  @Override
  public int compareTo(MeaningSpan other) {
    return Integer.compare(start, other.start);
  }
}
