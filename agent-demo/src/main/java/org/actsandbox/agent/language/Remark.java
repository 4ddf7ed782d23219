package org.actsandbox.agent.language;

/**
 * Says what the agent did with words that are no plain part of a wish, so that nothing is dropped
 * in silence.
 *
 * @param words in the language of the answer; the principal's own words for {@code UNREAD}
 */
public record Remark(Type type, String words) {

  /** How far the words were understood. */
  public enum Type {
    /** Understood, and no merchant here can be asked for it. */
    UNSUPPORTED,
    /** Not understood. */
    UNREAD,
    /** What the agent took for granted. */
    ASSUMED
  }

  /** Whether what was wished is more than what will be searched. */
  public boolean isLoss() {
    return type != Type.ASSUMED;
  }
}
