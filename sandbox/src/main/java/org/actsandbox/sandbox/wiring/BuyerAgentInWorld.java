package org.actsandbox.sandbox.wiring;

import java.util.List;
import org.actsandbox.agent.AgentTiming;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.BuyerAgents;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.PrincipalProfile;
import org.actsandbox.protocol.delegation.boundary.Boundaries;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.PatientOutbound;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.mutant.Cast;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.PrincipalSettings;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the buyer agent of a world: it gets addresses and its own keys, nobody else's. */
final class BuyerAgentInWorld implements ParticipantFactory<BuyerAgents> {

  /** Merchants get the name of an address, never the address. */
  private static final String HOME = "home";

  private final JdbcClient jdbc;
  private final Outbound outbound;
  private final Minds minds;
  private final AgentTiming timing;

  BuyerAgentInWorld(JdbcClient jdbc, Outbound outbound, Minds minds, AgentTiming timing) {
    this.jdbc = jdbc;
    this.outbound = outbound;
    this.minds = minds;
    this.timing = timing;
  }

  @Override
  public Class<BuyerAgents> type() {
    return BuyerAgents.class;
  }

  @Override
  public BuyerAgents open(World world) {
    var cast = Cast.of(world.settings());
    var desks =
        world.settings().principals().stream()
            .map(principal -> cast.agent(surroundings(world, principal), world))
            .toList();
    return BuyerAgents.open(desks, cast.mind(minds.of(world.settings().model())), timing);
  }

  private AgentWorld surroundings(World world, PrincipalSettings principal) {
    return new AgentWorld(
        world.partition(),
        world.watch(World.AGENT),
        World.ZONE,
        jdbc,
        world.ids(),
        world.journal(),
        world.agenda(),
        world.strands(),
        world.signer(world.agent()),
        account -> dedicated(world, account),
        world.directory(),
        new PatientOutbound(outbound, world.agenda()),
        () -> world.roleKey(Role.AGENT, null),
        platforms(world),
        new AgentWorld.Psp(World.PSP, world.at("/psp")),
        new AgentWorld.Delegations(
            World.DELEGATIONS,
            world.at("/delegations"),
            principal.did(),
            world.principals().areSeveral(),
            new Boundaries()),
        new PrincipalProfile(
            principal.language(), principal.homeCity(), null, 1, HOME, principal.tolerance()),
        world.part(Trust.class).attestations(),
        world.secrets()::mask);
  }

  @Override
  public List<DueWork> dueWork(World world, BuyerAgents agents) {
    return world.watch(World.AGENT).wound(agents.dueWork());
  }

  @Override
  public void close(BuyerAgents agents) {
    agents.close();
  }

  private static AgentWorld.DedicatedKey dedicated(World world, String account) {
    var key = world.keys().dedicated(world.agent(), account);
    return new AgentWorld.DedicatedKey(key, key.publicKey().jwk());
  }

  private static List<Platform> platforms(World world) {
    return world.settings().roster().stream()
        .map(
            each ->
                new Platform(
                    each.id(),
                    each.did(),
                    each.kind(),
                    each.name(),
                    world.at("/merchants/" + each.id())))
        .toList();
  }
}
