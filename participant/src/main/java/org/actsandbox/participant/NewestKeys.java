package org.actsandbox.participant;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the newest keys of something; the oldest is forgotten first. A key that is not
 * remembered says nothing, so the database is asked.
 */
public final class NewestKeys {

  private final Map<String, Boolean> keys;

  /**
   * @param size the number of keys that are kept at most
   */
  public NewestKeys(int size) {
    this.keys =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > size;
          }
        };
  }

  public synchronized void add(String key) {
    keys.put(key, true);
  }

  public synchronized boolean contains(String key) {
    return keys.containsKey(key);
  }

  /** Forgets the key; true for the one caller that finds it. */
  public synchronized boolean remove(String key) {
    return keys.remove(key) != null;
  }
}
