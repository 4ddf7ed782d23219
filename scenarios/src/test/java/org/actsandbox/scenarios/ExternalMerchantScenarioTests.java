package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.script.ScriptReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests a scenario with a merchant from outside: the published Python starter in its process. */
@ExtendWith(SandboxExtension.class)
class ExternalMerchantScenarioTests {

  @Test
  void theAgentBuysAtTheShopThatTheFileNames(TargetServer target) throws Exception {
    assumeTrue(StarterMerchant.PYTHON.canStart(), "python3 with the package cryptography");
    var url = StarterMerchant.freeAddress();
    // The settings of the world replace the key.
    var settings =
        Map.of(
            "ACT_URL", url, "ACT_SANDBOX", target.origin().toString(), "ACT_KEY", "A".repeat(43));
    try (var _ = StarterMerchant.PYTHON.start(settings);
        var player = play(url, target)) {
      assertThat(player.play().failure()).isNull();
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
              orders: [{merchant: tea-shop, status: DELIVERED, total: "38.00", count: 1}, {count: 1}]
              ledger: {balanced: true}
            """
                .formatted(url));
    return new ScenarioPlayer(script, target, "own-shop", PlayListener.NONE);
  }
}
