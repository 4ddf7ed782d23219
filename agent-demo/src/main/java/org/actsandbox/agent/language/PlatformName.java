package org.actsandbox.agent.language;

import java.util.List;

/**
 * Is a platform of the world by the names that people use for it.
 *
 * @param id the {@code merchant_id} of its offers
 * @param names its names in both languages, as they are written
 */
public record PlatformName(String id, List<String> names) {

  public PlatformName {
    names = List.copyOf(names);
  }
}
