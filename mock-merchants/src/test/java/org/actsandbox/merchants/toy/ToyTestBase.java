package org.actsandbox.merchants.toy;

import org.junit.jupiter.api.AfterEach;

/** Is the base of tests that use a world of their own on the shared server. */
public abstract class ToyTestBase {

  protected final ToyWorld world = ToyWorld.open(ToyServers.shared());
  protected final ToyAgent agent = world.agent();

  @AfterEach
  void closeWorld() {
    world.close();
  }
}
