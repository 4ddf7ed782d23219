package org.actsandbox.web.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckConfig;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.run.CheckTotal;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a check whose sandbox ends in the middle: it is no verdict about the merchant. */
class LostServerTests {

  @Test
  void theResultsStandAndTheTotalSaysThatTheCheckBroke(@TempDir Path data) throws IOException {
    var server = EmbeddedServer.start(0, data, "127.0.0.1");
    try (var outbound = new PooledOutboundClient(_ -> true)) {
      var settings = Json.object().put("model", "built-in");
      var target = new SandboxClient(outbound).newWorld(server.origin(), null, settings);
      var world = new CheckWorld(target, outbound, "lost");
      var session =
          new CheckSession(
              MerchantTarget.mock(world, "raileast", Json.object()),
              world,
              CheckLevel.SHOP,
              CheckConfig.EMPTY,
              CheckSession.Limits.DEFAULT);
      var played = new AtomicInteger();

      var report =
          session.play(
              List.of(),
              Set.of(),
              _ -> {
                if (played.incrementAndGet() == 12) {
                  close(server);
                }
              });

      assertThat(report.total()).isEqualTo(CheckTotal.HARNESS_ERROR);
      assertThat(report.results().subList(0, 12))
          .extracting(CheckResult::verdict)
          .containsOnly(CheckVerdict.PASS, CheckVerdict.NOT_APPLICABLE);
      assertThat(report.results())
          .filteredOn(each -> each.verdict() == CheckVerdict.HARNESS_ERROR)
          .isNotEmpty()
          .allSatisfy(each -> assertThat(each.reason().in("en")).contains("no answer from"));
    }
  }

  private static void close(EmbeddedServer server) {
    try {
      server.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
