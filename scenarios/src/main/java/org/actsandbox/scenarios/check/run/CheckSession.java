package org.actsandbox.scenarios.check.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.exchange.MerchantClient;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.suite.MerchantSuite;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantOfAnotherWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import tools.jackson.databind.node.ObjectNode;

/** Checks one merchant in one world, from the first call to the report. */
public final class CheckSession {

  private final MerchantTarget target;
  private final CheckLevel level;
  private final CheckConfig config;
  private final Limits limits;
  private final CheckContext context;

  /**
   * The limits of a session.
   *
   * @param perCall real time for one answer of the merchant
   * @param all real time after which no further check begins
   */
  public record Limits(Duration perCall, Duration all) {

    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), Duration.ofMinutes(5));
  }

  public CheckSession(
      MerchantTarget target,
      CheckWorld world,
      CheckLevel level,
      CheckConfig config,
      Limits limits) {
    this.target = target;
    this.level = level;
    this.config = config;
    this.limits = limits;
    this.context =
        new CheckContext(
            target, world, new MerchantClient(world.outbound(), limits.perCall()), level);
  }

  /**
   * Calls the merchant once.
   *
   * @throws MerchantSilent if it cannot be reached
   * @throws MerchantOfAnotherWorld if it is a mock merchant that serves another world
   */
  public void reach() {
    context.begin("reach");
    if (context.isStopped()) {
      return;
    }
    var reply =
        context.send("GET", target.base(), Map.of("Accept", "application/json"), new byte[0]);
    if (!target.mock()) {
      MerchantOfAnotherWorld.at(target.base(), reply.answer().header("Act-Sandbox").orElse(""))
          .ifPresent(
              reason -> {
                throw reason;
              });
    }
  }

  /** Ends the play soon: what was not played by then is not tested. Any thread may call it. */
  public void stop() {
    context.stop();
  }

  /**
   * Plays the checks and returns the report.
   *
   * @param only ids, areas, rules or assertions; all checks of the level if it is empty
   * @param before ids of the checks that deviated in the last run
   * @param listener is told each result as it comes
   */
  public CheckReport play(List<String> only, Set<String> before, Consumer<CheckResult> listener) {
    long began = System.nanoTime();
    var run =
        new CheckRun(context, MerchantSuite.select(level, only), CheckProof.proven(), limits.all());
    List<CheckResult> results;
    try (var _ = context.world().stopClock()) {
      results =
          config.marked(
              run.play(result -> listener.accept(config.marked(List.of(result)).getFirst())));
      context.world().dismissAgents();
    }
    var fixed = new ArrayList<String>();
    results.stream()
        .filter(each -> each.verdict() == CheckVerdict.PASS)
        .map(each -> each.check().id())
        .filter(before::contains)
        .forEach(fixed::add);
    return new CheckReport(
        target.base().toString(),
        level,
        results,
        config.stale(results),
        fixed,
        Duration.ofNanos(System.nanoTime() - began));
  }

  /**
   * Finds out what a configuration would say: kind, and a need that the merchant has offers for.
   * What cannot be found stands in it with an empty text.
   */
  public ObjectNode discovered() {
    var found = Json.object();
    context.begin("init");
    found.put("level", level.code());
    try {
      found.put("kind", context.goods().kind());
      if (context.goods().hasCarts()) {
        found.set("need", context.goods().need());
      } else if (context.goods().kind().equals("service")) {
        found.set("input", context.goods().serviceInput());
      }
    } catch (CheckEnd | MerchantSilent missing) {
      found.put("need", "");
      found.put("sold_out_offer", "");
    }
    found.putArray("known");
    return found;
  }
}
