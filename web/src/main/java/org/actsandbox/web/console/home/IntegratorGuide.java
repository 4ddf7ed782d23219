package org.actsandbox.web.console.home;

import java.util.List;

/**
 * What a merchant or an agent builder needs to begin.
 *
 * @param name {@code merchant} or {@code builder}; names its sentences in the bundles
 */
record IntegratorGuide(String name, List<Access> accesses, List<Example> examples) {

  record Access(String name, String address, String key) {}

  /** A command that works as it stands. */
  record Example(String name, String curl) {}
}
