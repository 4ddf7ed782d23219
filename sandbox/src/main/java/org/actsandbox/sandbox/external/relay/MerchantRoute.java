package org.actsandbox.sandbox.external.relay;

import java.net.URI;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.world.World;

/**
 * Sends the calls of a world's participants. A call to a merchant from outside goes through the
 * merchant's place in the world, where the edge records it and applies faults, before the relay
 * passes it on to the address that was called.
 *
 * @param network the client that makes the calls
 */
public record MerchantRoute(OutboundClient network, World world) implements OutboundClient {

  @Override
  public Answer send(Call call) {
    return network.send(
        world
            .externalMerchants()
            .ownerOf(call.target())
            .map(merchant -> call(call, inWorld(world, merchant, call.target())))
            .orElse(call));
  }

  /** Returns the address in the world that stands for an address of the merchant. */
  public static URI inWorld(World world, ExternalMerchant merchant, URI own) {
    return world.at("/merchants/" + merchant.id() + merchant.pathBelow(own));
  }

  private static Call call(Call call, URI target) {
    return new Call(call.method(), target, call.headers(), call.body(), call.timeout());
  }
}
