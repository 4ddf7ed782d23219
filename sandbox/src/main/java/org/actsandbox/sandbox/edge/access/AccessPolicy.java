package org.actsandbox.sandbox.edge.access;

/** Decides which keys open the console and the part of the API that is outside every world. */
public interface AccessPolicy {

  /**
   * Says whether the server is bound to an address other than loopback; then the list of worlds
   * needs a key, too.
   */
  boolean adminKeyNeeded();

  /**
   * Says whether the text is the start token or the admin key; both open the console and the keys
   * of a world. Compares in constant time; false also when the text is malformed.
   */
  boolean admits(String key);
}
