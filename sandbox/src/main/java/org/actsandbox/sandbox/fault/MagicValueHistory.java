package org.actsandbox.sandbox.fault;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers in which requests a magic value was met, so that it acts on the first attempt only; the
 * oldest are forgotten.
 */
final class MagicValueHistory {

  private static final int MAX_REQUESTS = 10_000;

  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX_REQUESTS;
        }
      };

  synchronized boolean isFirst(MagicValue magic, String request) {
    return seen.put(magic + " " + request, true) == null;
  }
}
