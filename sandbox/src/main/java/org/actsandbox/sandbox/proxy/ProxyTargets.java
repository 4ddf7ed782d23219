package org.actsandbox.sandbox.proxy;

import java.net.URI;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the addresses to which a world's proxies may pass requests on. */
@Component
class ProxyTargets {

  private final ServerAddresses serverAddresses;

  ProxyTargets(ServerAddresses serverAddresses) {
    this.serverAddresses = serverAddresses;
  }

  static boolean isParticipant(String name) {
    return isMerchant(name) || name.equals(World.PSP.name()) || name.equals(World.AGENT.name());
  }

  private static boolean isMerchant(String name) {
    return MerchantRoster.all().stream().anyMatch(each -> each.id().equals(name));
  }

  /**
   * Returns the address of a participant, or the given address.
   *
   * @throws Refusal {@code invalid_field}, or {@code access_restricted} by the rule of all outbound
   *     calls
   */
  URI of(World world, @Nullable String target) {
    var requested = target == null ? "" : target;
    if (isMerchant(requested)) {
      requireHere(world, requested);
      return world.at("/merchants/" + requested);
    }
    if (requested.equals(World.PSP.name())) {
      return world.at("/psp");
    }
    if (requested.equals(World.AGENT.name())) {
      return world.at("/agents/" + requested);
    }
    var url = parsed(requested);
    if (!serverAddresses.mayCall(new ProxyTarget(url).base())) {
      throw new Refusal(Problem.ACCESS_RESTRICTED, "calls to that address are not allowed")
          .at("target")
          .expected("this server, or a host named in act.outbound-hosts")
          .observed(requested)
          .remedy("Start the server with --set outbound-hosts=" + url.getHost() + ".");
    }
    return url;
  }

  private static void requireHere(World world, String merchant) {
    var here = world.settings().roster().stream().map(MerchantProfile::id).toList();
    if (!here.contains(merchant)) {
      throw new Refusal(Problem.INVALID_FIELD, merchant + " takes no part in this world")
          .at("target")
          .expected("one of " + String.join(", ", here))
          .observed(merchant);
    }
  }

  private static URI parsed(String requested) {
    try {
      return URI.create(requested);
    } catch (IllegalArgumentException notAnAddress) {
      throw new Refusal(Problem.INVALID_FIELD, "not a target")
          .at("target")
          .expected("a merchant id, sandbox-pay, demo-agent, or http://host:port")
          .observed(requested);
    }
  }
}
