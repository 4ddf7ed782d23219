package org.actsandbox.sandbox.edge;

/** Who may use the server at all: on loopback anybody, elsewhere whoever holds the admin key. */
public interface AccessPolicy {

  /** Bound to something else than loopback: the console and the list of worlds need a key. */
  boolean adminKeyNeeded();

  /** Compares in constant time; false also when the key is malformed. */
  boolean isAdminKey(String key);
}
