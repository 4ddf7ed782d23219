package org.actsandbox.scenarios;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.exchange.MerchantClient;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.run.CheckRun;
import org.actsandbox.scenarios.check.suite.MerchantSuite;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.actsandbox.scenarios.engine.TargetServer;

/** Checks a merchant in a world of its own, honest or with a defect. */
record CheckTrial(CheckContext context, TargetWorld world, SandboxClient client)
    implements AutoCloseable {

  static CheckTrial honest(TargetServer server, String merchant) {
    return of(server, merchant, List.of(), _ -> UnaryOperator.identity());
  }

  /**
   * Opens a world and a run in it.
   *
   * @param mutants defective participants of the world
   * @param defect gives, for the world, what changes all that goes over between checks and world
   */
  static CheckTrial of(
      TargetServer server,
      String merchant,
      List<String> mutants,
      Function<TargetWorld, UnaryOperator<OutboundClient>> defect) {
    return of(server, merchant, mutants, defect, "900000.00");
  }

  /**
   * Opens a world as above.
   *
   * @param balance what the wallet of the principal holds
   */
  static CheckTrial of(
      TargetServer server,
      String merchant,
      List<String> mutants,
      Function<TargetWorld, UnaryOperator<OutboundClient>> defect,
      String balance) {
    var client = new SandboxClient(server.outbound());
    var settings = Json.object();
    settings.putObject("clock").put("mode", "stopped").put("now", "2026-11-25T01:00:00Z");
    settings.putObject("principal").put("balance", balance).put("card_limit", "50000.00");
    settings.put("model", "built-in");
    mutants.forEach(settings.withArray("mutants")::add);
    var target = client.newWorld(URI.create(server.origin().toString()), null, settings);
    var outbound = defect.apply(target).apply(server.outbound());
    var world = new CheckWorld(target, outbound, "t");
    var context =
        new CheckContext(
            MerchantTarget.mock(world, merchant),
            world,
            new MerchantClient(outbound, Duration.ofSeconds(10)),
            CheckLevel.SHOP);
    return new CheckTrial(context, target, client);
  }

  List<CheckResult> play(List<MerchantCheck> checks) {
    var all = MerchantSuite.all().stream().map(MerchantCheck::id).collect(Collectors.toSet());
    return new CheckRun(context, checks, all, Duration.ofMinutes(10)).play(_ -> {});
  }

  @Override
  public void close() {
    client.send(
        "DELETE",
        URI.create(world.origin() + "/api/worlds/" + world.world()),
        world.keys().operator(),
        null);
  }
}
