package org.actsandbox.sandbox.edge;

/** Who may use the console, and what of the API is inside no world. */
public interface AccessPolicy {

  /** Bound to something else than loopback: the list of worlds needs a key, too. */
  boolean adminKeyNeeded();

  /**
   * Whether it is the start token or the admin key; both open the console and the keys of a world.
   * Compares in constant time; false also when the text is malformed.
   */
  boolean admits(String key);
}
