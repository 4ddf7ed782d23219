package org.actsandbox.agent.language;

/**
 * Says what the agent did with words that are no plain part of a wish, so that the principal sees
 * what was not used.
 *
 * @param words in the language of the answer; the principal's own words for {@code UNREAD}
 */
public record Remark(Type type, String words) {

  /** Says how far the words were understood. */
  public enum Type {
    /** The words were understood, and no merchant here can be asked for it. */
    UNSUPPORTED,
    /** The words were not understood. */
    UNREAD,
    /** The agent assumed this. */
    ASSUMED
  }

  /** Returns whether the principal wished more than the agent searches for. */
  public boolean isLoss() {
    return type != Type.ASSUMED;
  }
}
