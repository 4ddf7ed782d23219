package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.run.CheckConfig;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.run.CheckTotal;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.actsandbox.scenarios.engine.TargetServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Plays the tutorial of docs/merchants.md: the broken gate, its findings, and each mend. */
@ExtendWith(SandboxExtension.class)
class BrokenGateTutorialTests {

  private static final Path DOC = Path.of("..", "docs", "merchants.md");
  private static final Path BROKEN = Path.of("..", "docs", "examples", "broken_act.py");
  private static final Path STARTER = Path.of("..", "starters", "python", "act.py");
  private static final Path GATE = Path.of("..", "starters", "python", "gate.py");

  /** A mend names the findings that it ends, and shows the line before and after. */
  private static final Pattern MEND =
      Pattern.compile(
          "^\\d\\. (.*?)\\n```diff\\n-(.*?)\\n\\+(.*?)\\n```", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern CHECK = Pattern.compile("`([a-z]+\\.[a-z-]+)`");

  @TempDir Path folder;

  /**
   * One step of the tutorial.
   *
   * @param checks ids of the checks that deviate before it, and not after it
   */
  record Mend(List<String> checks, String broken, String mended) {}

  private static List<Mend> mends() throws IOException {
    var text = Files.readString(DOC);
    var tutorial = text.substring(text.indexOf("## A broken gate"));
    return MEND.matcher(tutorial)
        .results()
        .map(
            each ->
                new Mend(
                    CHECK.matcher(each.group(1)).results().map(id -> id.group(1)).toList(),
                    each.group(2),
                    each.group(3)))
        .toList();
  }

  @Test
  void theBrokenGateIsTheStarterWithTheLinesOfTheTutorial() throws IOException {
    var source = Files.readString(STARTER);
    assertThat(mends()).hasSize(3);
    for (var mend : mends()) {
      assertThat(mend.checks()).isNotEmpty();
      assertThat(source).containsOnlyOnce(mend.mended());
      source = source.replace(mend.mended(), mend.broken());
    }
    assertThat(Files.readString(BROKEN)).isEqualTo(source);
  }

  @Test
  void itsReportNamesEachMistakeAndTheMendedGateConforms(TargetServer server)
      throws IOException, InterruptedException {
    assumeTrue(StarterGate.PYTHON.canStart(), "python3 with the package cryptography");
    var mends = mends();
    var named = mends.stream().flatMap(each -> each.checks().stream()).toList();
    var source = Files.readString(BROKEN);

    assertThat(deviations(checked(source, named, server)))
        .containsExactlyInAnyOrderElementsOf(named);

    for (var mend : mends) {
      source = source.replace(mend.broken(), mend.mended());
    }
    assertThat(checked(source, named, server).total()).isEqualTo(CheckTotal.CONFORMS);
  }

  private static List<String> deviations(CheckReport report) {
    return report.findings().stream().map(each -> each.check().id()).toList();
  }

  private CheckReport checked(String source, List<String> only, TargetServer server)
      throws IOException {
    Files.writeString(folder.resolve("act.py"), source);
    var file = Files.writeString(folder.resolve("my_gate.py"), Files.readString(GATE));
    try (var trial = CheckTrial.honest(server, "raileast")) {
      var world = trial.context().world();
      var url = StarterMerchant.freeAddress();
      var order = Json.object().put("url", url).put("id", "my-gate").put("kind", "service");
      var env = world.register(order.put("level", "gate").put("resource", "/report")).path("env");
      var config = Json.object();
      config.putObject("resource").put("url", url + "/report");
      var session =
          new CheckSession(
              MerchantTarget.outside(world, URI.create(url), "my-gate", config),
              world,
              CheckLevel.GATE,
              CheckConfig.EMPTY,
              CheckSession.Limits.DEFAULT);
      var settings = StarterMerchant.settings(env.asString());
      try (var _ = StarterGate.process(settings, "python3", file.toString())) {
        return session.play(new ArrayList<>(only), Set.of(), _ -> {});
      }
    }
  }
}
