package org.actsandbox.agent.language.read;

/** A stretch of the sentence that was understood. */
public record Mark(int start, int end, Meaning meaning) implements Comparable<Mark> {

  @Override
  public int compareTo(Mark other) {
    return Integer.compare(start, other.start);
  }
}
