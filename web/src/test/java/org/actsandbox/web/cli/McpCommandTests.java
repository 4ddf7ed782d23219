package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;

/** Speaks with a world over standard input and output, as a host that starts programs does. */
@ExtendWith(OutputCaptureExtension.class)
class McpCommandTests {

  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
      """;

  @TempDir Path folder;

  private static int run(String input, String... arguments) {
    var before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return new CommandLine(new McpCommand())
          .setExecutionExceptionHandler(new ExpectedFailureHandler())
          .execute(arguments);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void bothRevisionsPassAndTheOutputHasMessagesOnly(CapturedOutput output) throws Exception {
    var input =
        INITIALIZE
            + """
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/list"}
            nonsense
            {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get_offer","arguments":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
            """;
    try (var server = EmbeddedServer.start(0, folder, "127.0.0.1")) {
      var port = String.valueOf(server.origin().getPort());
      int before = output.getOut().length();
      assertThat(run(input, "--port", port)).isZero();
      var answers = output.getOut().substring(before).lines().map(Json::parse).toList();
      assertThat(answers)
          .hasSize(4)
          .allMatch(each -> each.path("jsonrpc").asString("").equals("2.0"));
      assertThat(answers.getFirst().path("result").path("serverInfo").path("name").asString())
          .isEqualTo("act-sandbox");
      assertThat(answers.toString()).contains("search_offers", "offer_id is missing", "-32700");

      assertThat(run(INITIALIZE, "--port", port, "--world", "nowhere")).isEqualTo(ExitCodes.FAILED);
      assertThat(run(INITIALIZE, "--port", port, "--principal", "lin")).isEqualTo(ExitCodes.USAGE);
      assertThat(output.getErr()).contains("no such principal", "Connected to world demo");
    }
  }

  @Test
  void withoutAServerItSaysSoOnTheErrorStreamAlone(CapturedOutput output) {
    assertThat(run(INITIALIZE, "--port", "1")).isEqualTo(ExitCodes.USAGE);
    assertThat(output.getErr()).contains("no sandbox of this user runs on port 1");
    assertThat(output.getOut()).isEmpty();
  }
}
