package org.actsandbox.sandbox.wiring;

import java.net.URI;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;

/** Knows the addresses of the console's pages, which serve the demo world without a prefix. */
final class ConsoleAddress {

  private ConsoleAddress() {}

  /**
   * @param page the path of a page below the world, without a slash at its beginning
   */
  static URI of(World world, String page) {
    var base =
        world.name().equals(Worlds.DEMO)
            ? world.base().resolve("/")
            : URI.create(world.base() + "/");
    return base.resolve(page);
  }
}
