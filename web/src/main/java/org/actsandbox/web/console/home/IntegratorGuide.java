package org.actsandbox.web.console.home;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the addresses, keys and commands that a merchant or an agent builder needs to begin.
 *
 * @param name {@code merchant} or {@code builder}, which is part of the message keys
 */
record IntegratorGuide(String name, List<Access> accesses, List<Example> examples) {

  record Access(String name, String address, String key) {}

  /**
   * Is a command that works when it is copied.
   *
   * @param open address at which a browser shows the same answer; null where it needs a key
   */
  record Example(String name, String curl, @Nullable String open) {}
}
