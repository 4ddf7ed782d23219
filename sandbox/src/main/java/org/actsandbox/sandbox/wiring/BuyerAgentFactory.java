package org.actsandbox.sandbox.wiring;

import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.PrincipalProfile;
import org.actsandbox.agent.api.BuyerAgents;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.delegation.boundary.DelegationBoundaryCheck;
import org.actsandbox.protocol.http.ClockAwareOutboundClient;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.alipay.gateway.AlipaySettingsStore;
import org.actsandbox.sandbox.connected.ConnectedAgentNetwork;
import org.actsandbox.sandbox.external.relay.MerchantRoute;
import org.actsandbox.sandbox.mutant.assembly.MutantAssembly;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.PrincipalSettings;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Opens the buyer agent of a world; it receives addresses and its own keys, but no other
 * participant's keys.
 */
final class BuyerAgentFactory implements ParticipantFactory<BuyerAgents> {

  /** Name of the principal's address. Merchants receive this name, never the address itself. */
  private static final String HOME = "home";

  private final JdbcClient jdbc;
  private final OutboundClient outboundClient;
  private final AgentModelSelector agentModelSelector;
  private final ConnectedAgentNetwork connectedAgentNetwork;
  private final AgentTimeouts timeouts;
  private final AlipaySettingsStore alipaySettings;

  BuyerAgentFactory(
      JdbcClient jdbc,
      OutboundClient outboundClient,
      AgentModelSelector agentModelSelector,
      ConnectedAgentNetwork connectedAgentNetwork,
      AgentTimeouts timeouts,
      AlipaySettingsStore alipaySettings) {
    this.jdbc = jdbc;
    this.outboundClient = outboundClient;
    this.agentModelSelector = agentModelSelector;
    this.connectedAgentNetwork = connectedAgentNetwork;
    this.timeouts = timeouts;
    this.alipaySettings = alipaySettings;
  }

  @Override
  public Class<BuyerAgents> type() {
    return BuyerAgents.class;
  }

  @Override
  public BuyerAgents open(World world) {
    var mutantAssembly = MutantAssembly.of(world.settings());
    var agentWorlds =
        world.settings().principals().stream()
            .map(principal -> mutantAssembly.agent(agentWorld(world, principal), world))
            .toList();
    return BuyerAgents.open(
        agentWorlds,
        mutantAssembly.model(agentModelSelector.of(world.settings().model())),
        timeouts);
  }

  private AgentWorld agentWorld(World world, PrincipalSettings principal) {
    var clock = world.participantClock(World.AGENT);
    return new AgentWorld(
        world.partition(),
        clock,
        World.ZONE,
        jdbc,
        world.ids(),
        world.journal(),
        clock.agenda(),
        world.backgroundTurns(),
        world.signer(world.agent()),
        account -> dedicatedKey(world, account),
        world.directory(),
        new ClockAwareOutboundClient(new MerchantRoute(outboundClient, world), world.agenda()),
        () -> world.roleKey(Role.AGENT, null),
        () -> platforms(world),
        new AgentWorld.Psp(
            World.PSP,
            world.at("/psp"),
            world.at("/openclawpay/agent/v1/pay"),
            AlipayNumbers.account(world, principal.did())),
        new AgentWorld.Delegations(
            World.DELEGATIONS,
            world.at("/delegations"),
            principal.did(),
            world.principals().hasSeveral(),
            new DelegationBoundaryCheck()),
        new AgentWorld.Credit(world.at("/credit-issuer"), world.at("/credit-verifier")),
        new PrincipalProfile(
            principal.language(), principal.homeCity(), null, 1, HOME, principal.tolerance()),
        world.participant(TrustService.class).attestations(),
        world.secrets()::mask,
        connectedAgentNetwork.of(world));
  }

  @Override
  public List<DueWork> dueWork(World world, BuyerAgents agents) {
    return world.participantClock(World.AGENT).shifted(agents.dueWork());
  }

  @Override
  public void close(BuyerAgents agents) {
    agents.close();
  }

  private static AgentWorld.DedicatedKey dedicatedKey(World world, String account) {
    var key = world.keys().dedicatedKey(world.agent(), account);
    return new AgentWorld.DedicatedKey(key, key.publicKey().jwk());
  }

  /** Returns the merchants that the agent can buy from; those from outside come and go. */
  private List<Platform> platforms(World world) {
    var inside =
        world.settings().roster().stream()
            .map(
                each ->
                    new Platform(
                        each.id(),
                        each.did(),
                        each.kind(),
                        each.name(),
                        world.at("/merchants/" + each.id())));
    var outside =
        world.externalMerchants().all().stream()
            .map(
                each ->
                    new Platform(
                        each.id(),
                        each.did(),
                        each.kind(),
                        each.name(),
                        each.url(),
                        each.level(),
                        each.level() == MerchantLevel.GATE ? each.resource() : ""));
    return Stream.of(inside, outside, pages(world)).flatMap(each -> each).toList();
  }

  /** Returns the services that sellers of the world bill in Alipay's form, where it is wished. */
  private Stream<Platform> pages(World world) {
    if (!alipaySettings.of(world).showsPagesToAgent()) {
      return Stream.empty();
    }
    return world.participant(Merchants.class).all().stream().flatMap(each -> pages(world, each));
  }

  private static Stream<Platform> pages(World world, Merchant merchant) {
    var profile = merchant.profile();
    return merchant.servicePages().services().stream()
        .map(
            service ->
                new Platform(
                    profile.id() + "-" + service,
                    profile.did(),
                    profile.kind(),
                    profile.name(),
                    world.at("/merchants/" + profile.id()),
                    MerchantLevel.GATE,
                    "/alipay/" + service));
  }
}
