package org.actsandbox.sandbox.export;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import de.sstoehr.harreader.HarReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that exported journals open elsewhere, can be repeated and hold no key. */
class JournalExportTests {

  static final SandboxServer server = SandboxServer.shared();

  @TempDir Path folder;

  World world;
  String base;
  String agentKey;
  String principalKey;

  @BeforeEach
  void makeExchanges() {
    world = server.newWorld();
    base = "/w/" + world.name();
    agentKey = world.roleKey(Role.AGENT, null);
    principalKey = world.roleKey(Role.PRINCIPAL, null);
    server.get(base + "/psp/instruments?cursor=", bearer(agentKey));
    server.get(base + "/psp/wallet", bearer(principalKey));
    server.post(
        base + "/psp/pin", "{\"pin\":\"246810\",\"new_pin\":\"135791\"}", bearer(principalKey));
    server.get(base + "/merchants/raileast/orders/R-it's", bearer(agentKey));
  }

  SandboxServer.Answer export(String query) {
    return server.get(
        "/api/worlds/" + world.name() + "/journal/export?" + query, bearer(server.operator(world)));
  }

  @Test
  void theArchiveIsOneAndHoldsEveryExchange() throws Exception {
    var answer = export("format=har");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-disposition")).contains("act-" + world.name() + ".har");
    try (var schema = getClass().getResourceAsStream("har.schema.json")) {
      var text = new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(text, InputFormat.JSON)
                  .validate(answer.text(), InputFormat.JSON))
          .isEmpty();
    }
    var entries = answer.json().at("/log/entries");
    assertThat(entries.size()).isEqualTo(4);
    assertThat(entries.at("/0/request/url").asString())
        .isEqualTo(world.base() + "/psp/instruments?cursor=");
    assertThat(entries.at("/0/request/queryString/0/name").asString()).isEqualTo("cursor");
    assertThat(entries.at("/2/request/postData/text").asString()).contains("\"pin\":\"***\"");
    assertThat(entries.at("/3/response/status").asInt()).isEqualTo(404);
  }

  /**
   * Checks two rules of the format: text and parameters exclude each other, and an unknown size is
   * -1.
   */
  @Test
  void formsLostAnswersAndBodiesThatAreNoTextAreWrittenAsTheFormatHasThem() throws Exception {
    archived("POST", 0, "application/x-www-form-urlencoded", "a=1&b=x%20y", 11, null);
    archived("GET", 200, "application/zip", "PK\u0003\uFFFD", 5_000, "application/zip");
    archived("GET", 200, "text/plain", "begins", 90_000, "text/plain");

    var text = HarFormat.head() + String.join(",", archive) + HarFormat.tail(null);

    try (var schema = getClass().getResourceAsStream("har.schema.json")) {
      var rules = new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(rules, InputFormat.JSON)
                  .validate(text, InputFormat.JSON))
          .isEmpty();
    }
    var entries = new HarReader().readFromString(text).getLog().getEntries();
    var form = entries.get(0);
    assertThat(form.getRequest().getPostData().getParams())
        .extracting(param -> param.getName() + "=" + param.getValue())
        .containsExactly("a=1", "b=x y");
    assertThat(form.getRequest().getPostData().getText()).isNullOrEmpty();
    assertThat(form.getResponse().getStatus()).isZero();
    assertThat(form.getResponse().getBodySize()).isEqualTo(-1);
    for (var partly : entries.subList(1, 3)) {
      assertThat(partly.getResponse().getContent().getText()).isNullOrEmpty();
      assertThat(partly.getResponse().getContent().getComment()).contains("beginning");
    }
    assertThat(entries.get(1).getResponse().getContent().getSize()).isEqualTo(5_000);
  }

  private final List<String> archive = new ArrayList<>();

  private void archived(
      String method, int status, String type, String body, long length, @Nullable String answered) {
    var told = new JournalExchange.Body(type, length, null, body, null);
    var journalExchange =
        new JournalExchange(
            method,
            "/x",
            status,
            1_500,
            Map.of("content-type", type),
            answered == null ? told : null,
            Map.of(),
            answered == null ? null : told,
            Map.of(),
            "",
            null);
    archive.add(
        HarFormat.entry(
            world.base(),
            new JournalEntry(
                archive.size() + 1,
                Instant.EPOCH,
                Instant.EPOCH,
                "did:act:principal",
                "did:act:sandbox-pay",
                JournalNote.Kind.EXCHANGE,
                "",
                "x",
                Map.of(),
                Json.tree(journalExchange))));
  }

  /**
   * Checks the archive with an independent reader, because our own schema could share a mistake
   * with the writer.
   */
  @Test
  void anotherReaderOpensTheArchive() throws Exception {
    var text = export("format=har").text();
    var log = new HarReader().readFromString(text).getLog();

    assertThat(log.getVersion()).isEqualTo("1.2");
    assertThat(log.getCreator().getName()).isEqualTo("ACT Sandbox");
    assertThat(log.getEntries()).hasSize(4);
    var changed = log.getEntries().get(2);
    assertThat(changed.getRequest().getMethod().name()).isEqualTo("POST");
    assertThat(changed.getRequest().getUrl()).isEqualTo(world.base() + "/psp/pin");
    assertThat(changed.getRequest().getPostData().getText()).contains("\"pin\":\"***\"");
    var started = Json.parse(text).at("/log/entries/2/startedDateTime").asString();
    assertThat(changed.getStartedDateTime().toInstant())
        .isEqualTo(OffsetDateTime.parse(started).toInstant().truncatedTo(ChronoUnit.MILLIS));
    var timings = changed.getTimings();
    assertThat(timings.getSend() + timings.getWait() + timings.getReceive())
        .isBetween(changed.getTime() - 1, changed.getTime() + 1);
    assertThat(log.getEntries().get(3).getResponse().getStatus()).isEqualTo(404);
    assertThat(log.getEntries().getFirst().getRequest().getQueryString())
        .singleElement()
        .matches(pair -> pair.getName().equals("cursor"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"har", "curl", "json"})
  void noFormHoldsAKeyOrAPin(String format) {
    var text = export("format=" + format).text();

    assertThat(text)
        .doesNotContain(agentKey, principalKey, server.operator(world), "246810", "135791")
        .doesNotContain(world.seed());
  }

  @Test
  void theScriptRepeatsWhatHappenedAgainstALiveSandbox() throws Exception {
    var script = folder.resolve("again.sh");
    Files.writeString(script, export("format=curl").text());
    var other = server.newWorld();
    var run = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
    run.environment().put("BASE", other.base().toString());
    run.environment().put("AGENT_KEY", other.roleKey(Role.AGENT, null));
    run.environment().put("PRINCIPAL_KEY", other.roleKey(Role.PRINCIPAL, null));
    run.environment().put("PIN", "246810");
    var process = run.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said.lines().map(line -> line.replaceAll(".* -> ", "")))
        .containsExactly("200", "200", "200", "404");
  }

  @Test
  void theScriptAsksForWhatItNeedsBeforeItSendsAnything() throws Exception {
    var script = folder.resolve("again.sh");
    Files.writeString(script, export("format=curl").text());
    var run = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
    run.environment().keySet().removeAll(java.util.Set.of("AGENT_KEY", "PRINCIPAL_KEY", "PIN"));
    var process = run.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(said).contains("AGENT_KEY: is not set").doesNotContain(" -> ");
  }

  @Test
  void aNameThatIsACommandStaysAComment() throws Exception {
    var evil = "did:act:x\n touch " + folder.resolve("owned");
    server.send(
        "GET",
        base + "/psp/wallet?x='$(touch%20owned)'",
        null,
        "Act-Sender",
        evil.replace("\n", " "));
    var script = folder.resolve("again.sh");
    Files.writeString(script, export("format=curl").text());
    var run = new ProcessBuilder("bash", "-n", script.toString()).redirectErrorStream(true);
    assertThat(run.start().waitFor()).isZero();
    assertThat(Files.readString(script)).contains("'\\''$(touch%20owned)'\\''");
  }

  @Test
  void jsonHasEveryEntryAndFiltersApply() {
    world
        .journal()
        .note(
            new JournalNote(
                "did:act:raileast",
                JournalNote.Kind.STATE,
                null,
                "hold-placed",
                Map.of("order_no", "R-1", "intent_id", "I-1"),
                Map.of()));

    var all = export("format=json").json();
    assertThat(all.path("items").size()).isEqualTo((int) world.journalStore().lastSeq());
    assertThat(all.path("complete").asBoolean()).isTrue();
    assertThat(export("format=json&intent_id=I-1").json().path("items").size()).isEqualTo(1);
    assertThat(export("format=json&participant=did:act:raileast").json().path("items").size())
        .isEqualTo(2);
    assertThat(export("format=har&order_no=R-1").json().at("/log/entries").size()).isZero();
  }

  @Test
  void aWrongRequestIsRefusedBeforeTheAnswerBegins() {
    assertThat(export("format=pdf").status()).isEqualTo(400);
    assertThat(export("format=har&kind=nonsense").status()).isEqualTo(400);
    assertThat(export("format=har&order_no=1&trade_no=2").status()).isEqualTo(400);
    var path = "/api/worlds/" + world.name() + "/journal/export?format=json";
    assertThat(server.get(path).status()).isEqualTo(401);
    assertThat(server.get(path, bearer(agentKey)).status()).isEqualTo(403);
    assertThat(Json.write(export("format=json").json())).isNotEmpty();
  }
}
