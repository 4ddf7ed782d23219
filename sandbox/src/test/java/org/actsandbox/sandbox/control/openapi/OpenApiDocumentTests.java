package org.actsandbox.sandbox.control.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.UrlResource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests that the kept OpenAPI document is the one that the endpoints give. */
class OpenApiDocumentTests {

  private static final Path KEPT = Path.of("src/main/resources/openapi/sandbox.json");

  @Test
  void theKeptDocumentIsThatOfTheEndpoints(@TempDir Path folder) throws IOException {
    var document = scanned(folder);
    new OpenApiPaths(document).complete();
    new OpenApiSchemas(document).complete();
    var samples = System.getProperty("act.openapi.samples");
    if (samples != null && Boolean.getBoolean("act.write-docs")) {
      OpenApiExamples.choose(document, Path.of(samples));
    }
    OpenApiExamples.load().addTo(document);
    var text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document) + '\n';
    if (Boolean.getBoolean("act.write-docs")) {
      Files.writeString(KEPT, text);
      return;
    }
    // The whole document would hide the few lines that matter.
    assertThat(firstDifference(Files.readString(KEPT).lines().toList(), text.lines().toList()))
        .as(KEPT + "; write it anew with -Dact.write-docs=true")
        .isEmpty();
  }

  private static String firstDifference(List<String> kept, List<String> made) {
    int line = 0;
    while (line < Math.min(kept.size(), made.size()) && kept.get(line).equals(made.get(line))) {
      line++;
    }
    return line == kept.size() && line == made.size()
        ? ""
        : "line %d: %s instead of %s".formatted(line + 1, around(made, line), around(kept, line));
  }

  private static List<String> around(List<String> lines, int line) {
    return lines.subList(Math.max(0, line - 3), Math.min(lines.size(), line + 4));
  }

  /** Has the endpoints scanned, however long that takes. */
  private static ObjectNode scanned(Path folder) throws IOException {
    try (var server = SandboxServer.start(folder, OpenApiConfiguration.SCANS)) {
      var address = URI.create(server.origin() + "/api/openapi-scan.json");
      return (ObjectNode)
          JsonMapper.shared().readTree(new UrlResource(address).getContentAsByteArray());
    }
  }
}
