package org.actsandbox.web.check.alipay;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.exchange.MerchantClient;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.actsandbox.scenarios.check.run.CheckRun;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.jspecify.annotations.Nullable;

/**
 * Checks one seller of Alipay's profile in a world whose gateway its program calls, from the first
 * bill to the report. The world's switches are as before afterwards.
 */
public final class AlipayShopCheck {

  /** Stands where checks are only listed. */
  private static final URI NOWHERE = URI.create("http://localhost/");

  /** Ours: a seller may confirm after its answer, and this is long enough for one call. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CheckWorld world;
  private final URI resource;
  private final CheckSession.Limits limits;
  private final Duration patience;
  private volatile boolean stopped;
  private volatile @Nullable CheckContext playing;

  /**
   * @param resource the address that is paid for
   */
  public AlipayShopCheck(CheckWorld world, URI resource, CheckSession.Limits limits) {
    this(world, resource, limits, PATIENCE);
  }

  private AlipayShopCheck(
      CheckWorld world, URI resource, CheckSession.Limits limits, Duration patience) {
    this.world = world;
    this.resource = resource;
    this.limits = limits;
    this.patience = patience;
  }

  /** Returns the checks, those named by {@code only} with what they need; all if it is empty. */
  public static List<MerchantCheck> select(List<String> only) {
    return select(NOWHERE, Duration.ZERO, only);
  }

  private static List<MerchantCheck> select(URI resource, Duration patience, List<String> only) {
    var all = new AlipayShopSuite(resource, patience).checks();
    if (only.isEmpty()) {
      return all;
    }
    var wanted =
        all.stream()
            .filter(
                check ->
                    only.contains(check.id())
                        || only.contains(check.area())
                        || check.rules().stream().anyMatch(only::contains))
            .flatMap(check -> needed(all, check).stream())
            .collect(Collectors.toSet());
    return all.stream().filter(check -> wanted.contains(check.id())).toList();
  }

  private static Set<String> needed(List<MerchantCheck> all, MerchantCheck check) {
    var ids =
        all.stream()
            .filter(each -> check.needs().contains(each.id()))
            .flatMap(each -> needed(all, each).stream())
            .collect(Collectors.toSet());
    ids.add(check.id());
    return ids;
  }

  /** Returns the same check with another time for a confirmation that comes after the answer. */
  AlipayShopCheck patience(Duration other) {
    return new AlipayShopCheck(world, resource, limits, other);
  }

  /**
   * Calls the seller once.
   *
   * @throws MerchantSilent if it cannot be reached
   */
  public void reach() {
    new MerchantClient(world.outbound(), limits.perCall())
        .send("GET", resource, Map.of(), new byte[0]);
  }

  /** Ends the play soon: what was not played by then is not tested. Any thread may call it. */
  public void stop() {
    stopped = true;
    var context = playing;
    if (context != null) {
      context.stop();
    }
  }

  /**
   * Plays the checks and returns the report.
   *
   * @param before ids of the checks that deviated in the last run
   * @param listener is told each result as it comes
   */
  public CheckReport play(List<String> only, Set<String> before, Consumer<CheckResult> listener) {
    return report(select(resource, patience, only), before, listener);
  }

  /** Plays one check without those that it needs. */
  CheckReport playAlone(String id) {
    var check =
        select(resource, patience, List.of()).stream()
            .filter(each -> each.id().equals(id))
            .toList();
    return report(check, Set.of(), _ -> {});
  }

  private CheckReport report(
      List<MerchantCheck> checks, Set<String> before, Consumer<CheckResult> listener) {
    long began = System.nanoTime();
    var target = world.target();
    var client = new SandboxClient(world.outbound());
    var switches = target.api("/alipay/settings");
    var key = target.keys().operator();
    var known = client.get(switches, key);
    client.send("PATCH", switches, key, Json.object().put("approve_automatically", true));
    try {
      var merchant = MerchantTarget.outside(world, resource, "alipay-seller", Json.object());
      var context =
          new CheckContext(
              merchant,
              world,
              new MerchantClient(world.outbound(), limits.perCall()),
              CheckLevel.GATE);
      playing = context;
      if (stopped) {
        context.stop();
      }
      var proven = checks.stream().map(MerchantCheck::id).collect(Collectors.toSet());
      var results = new CheckRun(context, checks, proven, limits.all()).play(listener);
      var fixed =
          results.stream()
              .filter(each -> each.verdict() == CheckVerdict.PASS)
              .map(each -> each.check().id())
              .filter(before::contains)
              .toList();
      return new CheckReport(
          resource.toString(),
          CheckLevel.GATE,
          results,
          List.of(),
          fixed,
          Duration.ofNanos(System.nanoTime() - began));
    } finally {
      CheckWorld.unlessGone(() -> client.send("PATCH", switches, key, known));
    }
  }
}
