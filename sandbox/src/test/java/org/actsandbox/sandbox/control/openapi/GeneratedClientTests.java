package org.actsandbox.sandbox.control.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.ClientPrograms;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tests that clients which OpenAPI Generator makes from the kept document compile and buy a ticket.
 * The hand-written signing layers beside them agree with the server's canonical form.
 */
class GeneratedClientTests {

  private static final Path SOURCES = Path.of("src/test/resources/clients");
  private static final Path PACKAGES = Path.of("../clients");
  private static final Path DOCUMENT = Path.of("src/main/resources/openapi/sandbox.json");

  private static final String PACKAGES_OF_PYTHON =
      "cryptography, dateutil, pydantic, typing_extensions, urllib3";

  /** A folder for each document: a client is made once for it. */
  private static final Path CLIENTS = clients();

  private static boolean typescriptCompiled;

  private final SandboxServer server = SandboxServer.shared();

  /** One process makes both clients, because most of its time is to start and to read. */
  @BeforeAll
  static void generatesTheClients() {
    var made = CLIENTS.resolve("made");
    if (Files.exists(made)) {
      return;
    }
    var python = plan("python", "act_client", Map.of("packageName", "act_client"));
    var typescript = plan("typescript-fetch", "act-client", Map.of("importFileExtension", ".js"));
    var outcome =
        ClientPrograms.run(
            Path.of("."),
            "",
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            // The process ends too soon for the second compiler to pay off.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            ClientPrograms.TOOLS.resolve("openapi-generator-cli.jar").toString(),
            "batch",
            "--fail-fast",
            python.toString(),
            typescript.toString());
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    write(made, "");
  }

  @Test
  void thePythonClientBuysATicket() {
    var bought =
        ClientPrograms.run(
            pythonFolder(),
            "",
            ClientPrograms.python(PACKAGES_OF_PYTHON),
            "buy_ticket.py",
            server.origin().toString());

    assertThat(bought.exit()).as(bought.output()).isZero();
    assertBought(bought.output());
  }

  @Test
  void theTypeScriptClientBuysATicket() {
    var bought =
        ClientPrograms.run(
            typescriptFolder(),
            "",
            ClientPrograms.node(),
            "out/buy-ticket.js",
            server.origin().toString());

    assertThat(bought.exit()).as(bought.output()).isZero();
    assertBought(bought.output());
  }

  @Test
  void thePythonLayerWritesTheCanonicalFormOfTheServer() {
    assertSameForms(
        ClientPrograms.run(
            pythonFolder(),
            lines(),
            ClientPrograms.python(PACKAGES_OF_PYTHON),
            "canonical_lines.py"));
  }

  @Test
  void theTypeScriptLayerWritesTheCanonicalFormOfTheServer() {
    assertSameForms(
        ClientPrograms.run(
            typescriptFolder(), lines(), ClientPrograms.node(), "out/canonical-lines.js"));
  }

  private void assertBought(String output) {
    var found = Pattern.compile("(?m)^paid +(T-\\S+) paid$").matcher(output);
    assertThat(found.find()).as(output).isTrue();
    assertThat(output).containsPattern("ticket +\\S+, carriage \\d+, seat \\d+[A-F]");
    var name = Pattern.compile("(?m)^world +(\\S+)$").matcher(output);
    assertThat(name.find()).as(output).isTrue();
    var world = server.world(name.group(1));
    var payment =
        server.get(
            "/w/" + world.name() + "/psp/payments/" + found.group(1),
            SandboxServer.bearer(world.roleKey(Role.PRINCIPAL, null)));
    assertThat(payment.json().path("status").asString()).as(payment.text()).isEqualTo("paid");
  }

  /** Values on which implementations of RFC 8785 differ: numbers, escapes, the order of names. */
  private static List<String> values() {
    return List.of(
        "{\"b\":1,\"a\":[true,null,\"x\"],\"\":{}}",
        "[0,-0,1.0,600.00,0.1,-2.50,1e2,1e-5,0.000001,1e-7,1.5e-9,123456789.125]",
        "[9007199254740991,-9007199254740991]",
        "[\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\"\\\\\\/\\u007f\\u2028\"]",
        "{\"\\ud83d\\ude00\":1,\"\\ufb33\":2,\"é\":3,\"z\":4}",
        "[\"杭州 → 上海\"]",
        "[9007199254740992]",
        "[\"\\ud83d\"]");
  }

  private static String lines() {
    return String.join("\n", values()) + "\n";
  }

  private static void assertSameForms(ClientPrograms.Outcome outcome) {
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output().lines().toList())
        .isEqualTo(values().stream().map(GeneratedClientTests::form).toList());
  }

  private static String form(String json) {
    try {
      return new String(CanonicalJson.bytes(Json.parse(json)), UTF_8);
    } catch (RuntimeException refused) {
      return "refused";
    }
  }

  private static Path clients() {
    try {
      return Path.of("target/clients")
          .resolve(
              RequestFingerprint.digest(Files.readAllBytes(DOCUMENT)).replaceAll("[^\\w-]", ""));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Writes what the generator reads to make one client. */
  private static Path plan(String generator, String folder, Map<String, String> properties) {
    var globalProperties = new LinkedHashMap<String, String>();
    Stream.of("apis", "models", "supportingFiles").forEach(made -> globalProperties.put(made, ""));
    Stream.of("apiTests", "modelTests", "apiDocs", "modelDocs")
        .forEach(left -> globalProperties.put(left, "false"));
    var plan =
        Map.of(
            "generatorName", generator,
            "inputSpec", DOCUMENT.toAbsolutePath().toString(),
            "outputDir", CLIENTS.resolve(folder).toAbsolutePath().toString(),
            "additionalProperties", properties,
            "globalProperties", globalProperties);
    var file = CLIENTS.resolve(folder + ".json");
    write(file, Json.write(plan));
    return file;
  }

  /** Puts the Python client beside the signing layer. */
  private static Path pythonFolder() {
    var folder = CLIENTS.resolve("python");
    ClientPrograms.copy(SOURCES.resolve("python"), folder);
    ClientPrograms.copy(PACKAGES.resolve("python/act_agent"), folder.resolve("act_agent"));
    ClientPrograms.copy(CLIENTS.resolve("act_client/act_client"), folder.resolve("act_client"));
    return folder;
  }

  /** Puts the TypeScript client beside the signing layer, and compiles both, once for all tests. */
  private static Path typescriptFolder() {
    var folder = CLIENTS.resolve("typescript");
    if (!typescriptCompiled) {
      ClientPrograms.copy(SOURCES.resolve("typescript"), folder);
      ClientPrograms.copy(PACKAGES.resolve("typescript/src"), folder.resolve("act-agent"));
      ClientPrograms.copy(CLIENTS.resolve("act-client"), folder.resolve("act-client"));
      ClientPrograms.compileTypeScript(folder);
      typescriptCompiled = true;
    }
    return folder;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(CLIENTS);
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
