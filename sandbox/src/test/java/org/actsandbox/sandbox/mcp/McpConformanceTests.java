package org.actsandbox.sandbox.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shows that fixtures of the protocol's conformance runner are in a world of their own, and plays
 * the runner there: {@code -Dact.mcp.runner=.../conformance/dist/index.js}, with {@code
 * -Dact.mcp.node=} a node 22 where the one of the machine is older.
 */
class McpConformanceTests {

  private static final String RUNNER = "act.mcp.runner";

  /** The scenarios that docs/mcp.md says to pass. */
  private static final Path PAGE = Path.of("../docs/mcp.md");

  private static final SandboxServer server = SandboxServer.shared();

  private static @Nullable World world;

  private static McpRaw fixtureWorld() {
    if (world == null) {
      var named = new Worlds.NewWorld(ConformanceFixtures.WORLD, null, WorldSettings.DEFAULT);
      world = server.worlds().create(named);
    }
    return new McpRaw(server, world, world.roleKey(Role.ASSISTANT, null));
  }

  @Test
  void aWorldOfAUserShowsNoFixture() {
    var users = server.newWorld();
    var user = new McpRaw(server, users, users.roleKey(Role.ASSISTANT, null));
    for (var list :
        List.of("tools/list", "prompts/list", "resources/list", "resources/templates/list")) {
      assertThat(user.stateless(1, list, Map.of()).text())
          .as(list)
          .doesNotContain("\"test_", "test://");
      assertThat(fixtureWorld().stateless(1, list, Map.of()).text())
          .as(list)
          .containsPattern("\"test_|test://");
    }
    for (var name : server.bean(ConformanceFixtures.class).names()) {
      var method = name.contains("prompt") ? "prompts/get" : "tools/call";
      assertThat(user.stateless(2, method, Map.of("name", name)).json().has("error"))
          .as(name)
          .isTrue();
      assertThat(fixtureWorld().stateless(2, method, Map.of("name", name)).json().has("result"))
          .as(name)
          .isTrue();
    }
    var uri = Map.of("uri", "test://static-text");
    assertThat(user.stateless(3, "resources/read", uri).json().has("error")).isTrue();
    assertThat(fixtureWorld().stateless(3, "resources/read", uri).json().has("result")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2026-07-28"})
  @EnabledIfSystemProperty(named = RUNNER, matches = ".+")
  void theRunnerPassesWhatThePageSays(String revision) throws Exception {
    var fixtures = fixtureWorld();
    var node = System.getProperty("act.mcp.node", "node");
    var proxy =
        new ProcessBuilder(
                node,
                Path.of("src/test/resources/mcp/conformance-proxy.mjs").toString(),
                String.valueOf(server.origin().getPort()),
                "/w/" + ConformanceFixtures.WORLD + "/mcp",
                fixtures.key())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = proxy.inputReader(StandardCharsets.UTF_8)) {
      var address = "http://localhost:" + said.readLine() + "/mcp";
      var passed = new TreeSet<String>();
      for (var suite : List.of("active", "draft", "pending")) {
        passed.addAll(passed(node, address, revision, suite));
      }
      assertThat(passed).isEqualTo(new TreeSet<>(promised(revision)));
    } finally {
      proxy.destroyForcibly();
    }
  }

  private static List<String> passed(String node, String address, String revision, String suite)
      throws IOException {
    var runner =
        new ProcessBuilder(
                node,
                System.getProperty(RUNNER),
                "server",
                "--url",
                address,
                "--spec-version",
                revision,
                "--suite",
                suite)
            .redirectErrorStream(true)
            .start();
    var passed = new ArrayList<String>();
    var line = Pattern.compile("^✓ (\\S+): [1-9][0-9]* passed, 0 failed.*");
    try (var said = runner.inputReader(StandardCharsets.UTF_8)) {
      said.lines()
          .peek(System.out::println)
          .map(line::matcher)
          .filter(Matcher::matches)
          .forEach(each -> passed.add(each.group(1)));
    }
    return passed;
  }

  /** Returns the scenarios that the page's table names for a revision. */
  private static List<String> promised(String revision) throws IOException {
    var row =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| " + revision + " | "))
            .findFirst()
            .orElseThrow();
    return List.of(row.split("\\|", -1)[2].strip().split(", "));
  }
}
