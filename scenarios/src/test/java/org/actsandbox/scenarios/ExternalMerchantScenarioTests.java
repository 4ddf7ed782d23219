package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.script.ScriptReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests a scenario with a merchant from outside: the published Python starter in its process. */
@ExtendWith(SandboxExtension.class)
class ExternalMerchantScenarioTests {

  private static final Path STARTER = Path.of("..", "starters", "python", "shop.py");

  @TempDir Path folder;

  @Test
  void theAgentBuysAtTheShopThatTheFileNames(TargetServer target) throws Exception {
    assumeTrue(hasPython(), "python3 with the package cryptography");
    var url = freeAddress();
    var shop = start(url, target);
    try (var player = play(url, target)) {
      assertThat(player.play().failure()).isNull();
    } finally {
      shop.destroy();
      shop.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static ScenarioPlayer play(String url, TargetServer target) {
    var script =
        ScriptReader.read(
            "own-shop.yaml",
            """
            scenario: own-shop
            world:
              merchants:
                - luma-mart
                - {id: tea-shop, url: "%s", kind: shop, level: shop, settings_path: /act-settings}
            steps:
              - say: I would like some longjing tea
              - choose: {merchant: tea-shop}
                expect: {outcome: waiting}
              - approve: {}
                expect: {deliveries: {count: 1}}
            expect:
              trades:
                - {merchant: tea-shop, status: paid, count: 1}
              ledger: {balanced: true}
            """
                .formatted(url));
    return new ScenarioPlayer(script, target, "own-shop", PlayListener.NONE);
  }

  /** Starts the shop with a key that the settings of the world replace. */
  private Process start(String url, TargetServer target) throws IOException {
    var env = folder.resolve("shop.env");
    Files.writeString(
        env,
        "ACT_URL=%s\nACT_SANDBOX=%s\nACT_KEY=%s\n".formatted(url, target.origin(), "A".repeat(43)));
    var process =
        new ProcessBuilder("python3", STARTER.toString(), env.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader();
    assertThat(out.readLine()).contains(url);
    return process;
  }

  private static boolean hasPython() {
    try {
      return new ProcessBuilder("python3", "-c", "import cryptography")
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String freeAddress() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort()).toString();
    }
  }
}
