package org.actsandbox.scenarios.mission.run;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.mission.agent.AgentFailure;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.agent.MissionSession;
import org.actsandbox.scenarios.mission.model.Mission;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays one mission with an agent under test: it makes the world, gives the agent its part, plays
 * the principal, and judges by what the world is like in the end.
 */
final class MissionPlay {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final int SEED_BYTES = 32;
  private static final String AGENT = "shopper";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Mission mission;
  private final MissionAgent agent;
  private final GradeOptions options;
  private final PrincipalDoor door;
  private final BooleanSupplier isStopped;

  /**
   * Creates a play.
   *
   * @param isStopped is asked while the agent works, and ends the mission when it is true
   */
  MissionPlay(
      Mission mission,
      MissionAgent agent,
      GradeOptions options,
      PrincipalDoor door,
      BooleanSupplier isStopped) {
    this.isStopped = isStopped;
    this.mission = mission;
    this.agent = agent;
    this.options = options;
    this.door = door;
  }

  /** Plays the mission; what breaks in the sandbox is a verdict of its own. */
  MissionResult play(TargetServer targetServer, String world, int attempt) {
    long started = System.nanoTime();
    try (var player = ScenarioPlayer.withSecretKeys(options.script(mission), targetServer, world)) {
      player.open();
      var result = played(player, attempt, started);
      if (result.verdict() == MissionVerdict.NOT_PLAYED || !options.keepsWorld(result)) {
        player.deleteWorld();
      }
      return result;
    } catch (UnexpectedReply | NoAnswerException | UnplayableStep | JacksonException broken) {
      return MissionResult.notPlayed(
          mission, attempt, MissionVerdict.INFRASTRUCTURE, String.valueOf(broken.getMessage()));
    } catch (AgentFailure absent) {
      return MissionResult.notPlayed(
          mission, attempt, MissionVerdict.NOT_PLAYED, String.valueOf(absent.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return MissionResult.notPlayed(
          mission, attempt, MissionVerdict.NOT_PLAYED, ReasonKind.RUN_STOPPED.say());
    }
  }

  private MissionResult played(ScenarioPlayer player, int attempt, long started)
      throws InterruptedException {
    var context = player.context();
    var seed = new byte[SEED_BYTES];
    RANDOM.nextBytes(seed);
    var external =
        agent.isOutside()
            ? ExternalAgent.register(context.client(), context.target(), AGENT, seed)
            : null;
    var agentId =
        external == null
            ? context.getAsOperator("").at("/agent/agent_id").asString("")
            : external.agentId();
    var desk = new PrincipalDesk(mission, context);
    desk.prepare(agentId);
    try (var trail = new AgentTrail(context.target(), agentId, mission.secrets())) {
      var conversation =
          new PrincipalConversation(mission, options.language(), context, desk, trail);
      var address = door.add(conversation);
      try {
        var session = session(context, external, seed, conversation, address);
        agent.awaitReady(session);
        var end = perform(session, desk, trail);
        if (isStopped.getAsBoolean()) {
          return MissionResult.notPlayed(
              mission, attempt, MissionVerdict.NOT_PLAYED, ReasonKind.RUN_STOPPED.say());
        }
        trail.awaitSeq(context.getAsOperator("/journal?limit=1").path("last").asLong(), SETTLE);
        return new MissionJudge(mission, player, desk, conversation, trail, options.budget())
            .judge(end, attempt, Duration.ofNanos(System.nanoTime() - started));
      } finally {
        door.remove(address);
      }
    }
  }

  private MissionSession session(
      ScenarioContext context,
      @Nullable ExternalAgent external,
      byte[] seed,
      PrincipalConversation conversation,
      java.net.URI address) {
    var brief =
        external == null
            ? MissionBrief.base(mission, options.language(), context, options.limit())
            : MissionBrief.of(
                mission,
                options.language(),
                context,
                external,
                seed,
                instruments(context, external),
                options.limit());
    brief.put("principal", address.toString());
    return new MissionSession(
        mission,
        options.language(),
        brief,
        address,
        conversation,
        context.target(),
        context.outbound(),
        options.limit());
  }

  /** Has every principal bind an instrument to the agent, as they do before they let it shop. */
  private ObjectNode instruments(ScenarioContext context, ExternalAgent external) {
    var instruments = Json.object().put("did:act:principal", external.instrumentRef());
    for (var other : mission.script().world().path("principals")) {
      var name = other.path("name").asString();
      context.asPrincipal(
          name,
          () -> {
            var bound =
                ExternalAgent.bind(
                    context.client(),
                    context.target(),
                    java.util.Map.of("agent_id", external.agentId(), "account", "balance"));
            instruments.set("did:act:" + name, bound.path("instrument_ref"));
            return name;
          });
    }
    return instruments;
  }

  /** How the agent's part of a mission ended; null if the agent was done. */
  record AgentEnd(@Nullable MissionVerdict verdict, List<String> reasons) {}

  private AgentEnd perform(MissionSession session, PrincipalDesk desk, AgentTrail trail)
      throws InterruptedException {
    var done = new CompletableFuture<Void>();
    var thread =
        Thread.ofVirtual().name("mission-" + mission.name()).start(() -> performOn(session, done));
    long deadline = System.nanoTime() + session.limit().toNanos();
    while (!done.isDone() && System.nanoTime() < deadline && !isStopped.getAsBoolean()) {
      if (trail.awaitWake(LOOK)) {
        desk.decideWaiting();
      }
    }
    var reasons = new ArrayList<String>();
    MissionVerdict verdict = null;
    if (!done.isDone()) {
      thread.interrupt();
      verdict = MissionVerdict.UNFINISHED;
      reasons.add(ReasonKind.NOT_DONE.say(session.limit().toSeconds()));
    }
    try {
      done.get(SETTLE.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (ExecutionException broken) {
      reasons.add(ReasonKind.AGENT_BROKE.say(message(broken)));
    } catch (TimeoutException deaf) {
      reasons.add(ReasonKind.AGENT_DEAF.say());
    }
    desk.settle();
    return new AgentEnd(verdict, reasons);
  }

  private static String message(ExecutionException broken) {
    var cause = broken.getCause();
    return String.valueOf(cause == null ? broken.getMessage() : cause.getMessage());
  }

  private void performOn(MissionSession session, CompletableFuture<Void> done) {
    try {
      agent.perform(session);
      done.complete(null);
    } catch (InterruptedException over) {
      done.complete(null);
    } catch (RuntimeException broken) {
      done.completeExceptionally(broken);
    }
  }

  /** Returns an amount as a decimal with two digits. */
  static BigDecimal yuan(BigDecimal amount) {
    return amount.setScale(2, java.math.RoundingMode.HALF_UP);
  }
}
