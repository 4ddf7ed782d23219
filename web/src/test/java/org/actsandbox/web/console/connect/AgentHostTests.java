package org.actsandbox.web.console.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the blocks that are to be pasted with the language that they are in; none of them runs. */
class AgentHostTests {

  private static String text(AgentHost host) {
    var connection =
        new AgentHost.Connection(
            "http://localhost:8080",
            "/w/demo/mcp",
            "act-demo",
            "act_assistant_demo_1",
            "/opt/act/run",
            "\"mcp\", \"--world\", \"demo\"",
            "Buy me a power bank");
    var text = host.text(connection);
    assertThat(text).doesNotContain("$NAME", "$URL", "$KEY", "$ARGS", "$RUN", "$WISH");
    return text;
  }

  @ParameterizedTest
  @EnumSource(names = {"CLAUDE_DESKTOP", "CURSOR", "VS_CODE"})
  void aFileOfSettingsIsJson(AgentHost host) {
    assertThat(Json.parse(text(host)).isObject()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_AGENTS", "LANGCHAIN"})
  void pythonReadsABlockWithoutRunningIt(AgentHost host) throws Exception {
    assumeTrue(isThere("python3"), "python3");
    var python =
        new ProcessBuilder("python3", "-c", "import ast, sys; ast.parse(sys.stdin.read())")
            .redirectErrorStream(true)
            .start();
    try (var source = python.outputWriter(StandardCharsets.UTF_8)) {
      source.write(text(host));
    }
    var said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(host.name().toLowerCase(Locale.ROOT) + said).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_AGENTS_JS", "LANGCHAIN_JS"})
  void nodeReadsABlockWithoutRunningIt(AgentHost host, @TempDir Path folder) throws Exception {
    assumeTrue(isThere("node"), "node");
    var file = Files.writeString(folder.resolve(String.valueOf(host.file())), text(host));
    var node =
        new ProcessBuilder("node", "--check", file.toString()).redirectErrorStream(true).start();
    var said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(host.code() + said).isZero();
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
