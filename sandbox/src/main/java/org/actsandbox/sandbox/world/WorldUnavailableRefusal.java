package org.actsandbox.sandbox.world;

import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Makes the refusal for requests to a world that is being reset or deleted. */
final class WorldUnavailableRefusal {

  private WorldUnavailableRefusal() {}

  static Refusal refusal(String world) {
    return new Refusal(Problem.UNAVAILABLE, "world " + world + " is being reset or deleted")
        .at("world")
        .remedy("Try again in a moment.");
  }
}
