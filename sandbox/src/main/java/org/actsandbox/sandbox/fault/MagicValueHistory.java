package org.actsandbox.sandbox.fault;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which requests a magic value was met in before; the oldest are forgotten. */
final class MagicValueHistory {

  private static final int MAX = 10_000;

  private final Map<String, Boolean> met =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX;
        }
      };

  synchronized boolean isFirst(MagicValue magic, String request) {
    return met.put(magic + " " + request, true) == null;
  }
}
