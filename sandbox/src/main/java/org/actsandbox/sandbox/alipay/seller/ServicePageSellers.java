package org.actsandbox.sandbox.alipay.seller;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.actsandbox.alipay.client.GatewayClient;
import org.actsandbox.alipay.client.PayPerUseCalls;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.AppRegistration;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Holds the sellers of one world that bill their services in Alipay's form. */
public final class ServicePageSellers {

  private final World world;
  private final JdbcClient jdbc;
  private final ServerParts parts;
  private final Function<Did, OutboundClient> outbound;
  private final Map<String, ServicePageSeller> sellers = new ConcurrentHashMap<>();

  /**
   * @param outbound returns the client with which a merchant calls others
   */
  public ServicePageSellers(
      World world, JdbcClient jdbc, ServerParts parts, Function<Did, OutboundClient> outbound) {
    this.world = world;
    this.jdbc = jdbc;
    this.parts = parts;
    this.outbound = outbound;
  }

  /** Bundles what all worlds of the server share. */
  public record ServerParts(
      AlipayApps apps, AppRegistration registration, PlatformKey platformKey) {}

  /**
   * Answers a request for a service of the merchant.
   *
   * @param proof the value of {@code Payment-Proof}, null if there is none
   * @throws org.actsandbox.protocol.refusal.Refusal for a service or an input that cannot be sold
   */
  public ServicePageAnswer answer(
      Merchant merchant, String service, JsonNode input, @Nullable String proof) {
    return sellers
        .computeIfAbsent(merchant.profile().id(), _ -> seller(merchant))
        .answer(service, input, proof);
  }

  private ServicePageSeller seller(Merchant merchant) {
    var did = merchant.profile().did();
    return new ServicePageSeller(
        world,
        merchant,
        new SellerApplication(world, parts.apps(), parts.registration(), did),
        new PayPerUseCalls(
            new GatewayClient(
                outbound.apply(did),
                world.at("/gateway.do"),
                parts.platformKey().publicKey(),
                world.participantClock(did),
                World.ZONE)),
        new PageOrders(jdbc, world.partition(), merchant.profile().id()));
  }
}
