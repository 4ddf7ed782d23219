package org.actsandbox.sandbox.share;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tests shared runs: a link opens a copy and nothing else, for a limited time, for its holder only.
 */
class SharedRunsTests {

  static final SandboxServer server = SandboxServer.shared();
  static final JournalSelection ALL = new JournalSelection(Map.of());
  static final Duration WEEK = Duration.ofDays(7);

  World world;
  SharedRuns runs;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
    runs = server.bean(SharedRuns.class);
    note(world, "R-1");
    server.get("/w/" + world.name() + "/psp/wallet", bearer(world.roleKey(Role.PRINCIPAL, null)));
  }

  static void note(World world, String order) {
    world
        .journal()
        .note(
            new JournalNote(
                "did:act:raileast",
                JournalNote.Kind.STATE,
                ActComponent.CID_CART_CFM,
                "hold-placed",
                Map.of("order_no", order),
                Map.of("text", "for " + order)));
  }

  String api() {
    return "/api/worlds/" + world.name() + "/shares";
  }

  SharedRuns in(Duration later) {
    return new SharedRuns(
        server.bean(JdbcClient.class),
        server.bean(TransactionOperations.class),
        Clock.offset(server.bean(Clock.class), later));
  }

  @Test
  void theCopySurvivesTheResetOfItsWorld() {
    var newShare = runs.share(world, ALL, "before the reset", WEEK);
    long entries = world.journalStore().lastSeq();
    server.worlds().reset(world.name());
    note(server.world(world.name()), "R-2");

    var openedShare = runs.open(newShare.token()).orElseThrow();

    assertThat(openedShare.run().title()).isEqualTo("before the reset");
    assertThat(openedShare.snapshot().entries()).hasSize((int) entries);
    assertThat(openedShare.snapshot().entries().toString()).contains("R-1").doesNotContain("R-2");
  }

  @Test
  void aRestartKeepsIt(@TempDir Path folder) {
    String token;
    try (var first = SandboxServer.start(folder)) {
      note(first.worlds().demo(), "R-9");
      token = first.bean(SharedRuns.class).share(first.worlds().demo(), ALL, "", WEEK).token();
    }
    try (var second = SandboxServer.start(folder)) {
      assertThat(second.bean(SharedRuns.class).open(token)).isPresent();
    }
  }

  @Test
  void itEndsByTheMachinesClockAndWhenItIsRevoked() {
    var newShare = runs.share(world, ALL, "", WEEK);
    assertThat(in(WEEK.minusMinutes(1)).open(newShare.token())).isPresent();
    assertThat(in(WEEK.plusMinutes(1)).open(newShare.token())).isEmpty();

    runs.revoke(world, newShare.run().id());

    assertThat(runs.open(newShare.token())).isEmpty();
    assertThat(runs.of(world)).isEmpty();
    assertThatThrownBy(() -> runs.revoke(world, newShare.run().id())).isInstanceOf(Refusal.class);
  }

  @Test
  void theWorldsClockDoesNotEndIt() {
    var newShare = runs.share(world, ALL, "", WEEK);
    server.post(
        "/api/worlds/" + world.name() + "/clock",
        "{\"mode\":\"stopped\",\"now\":\"2036-01-01T00:00:00Z\"}",
        bearer(server.operator(world)));
    assertThat(runs.open(newShare.token())).isPresent();
  }

  @Test
  void onlyADigestOfTheLinkIsKept() {
    var newShare = runs.share(world, ALL, "", WEEK);
    var kept =
        server
            .bean(JdbcClient.class)
            .sql("select token_hash from shared_run where share_id = ?")
            .param(newShare.run().id())
            .query(String.class)
            .single();
    assertThat(kept).hasSize(64).doesNotContain(newShare.token());
    assertThat(newShare.token()).hasSize(43);
    for (var wrong :
        new String[] {"", "x", kept, newShare.token() + "A", "A".repeat(43), "../.."}) {
      assertThat(runs.open(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void anotherWorldCannotTouchIt() {
    var newShare = runs.share(world, ALL, "", WEEK);
    var other = server.newWorld();
    assertThat(runs.of(other)).isEmpty();
    assertThatThrownBy(() -> runs.revoke(other, newShare.run().id())).isInstanceOf(Refusal.class);
    assertThat(
            server
                .send(
                    "DELETE",
                    api() + "/" + newShare.run().id(),
                    null,
                    bearer(server.operator(other)))
                .status())
        .isEqualTo(403);
    assertThat(runs.open(newShare.token())).isPresent();
  }

  /** A deleted world is emptied table by table, and a reader can come in between. */
  @Test
  void aRunWhosePartsAreGoneIsGone() {
    var newShare = runs.share(world, ALL, "", WEEK);
    server
        .bean(JdbcClient.class)
        .sql("delete from shared_run_part where share_id = ?")
        .param(newShare.run().id())
        .update();
    assertThat(runs.open(newShare.token())).isEmpty();
  }

  @Test
  void aDeletedWorldsLinksGoWithIt() throws Exception {
    var newShare = runs.share(world, ALL, "", WEEK);
    server.worlds().delete(world.name());
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (runs.open(newShare.token()).isPresent()) {
      assertThat(System.nanoTime()).as("emptied in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void aWorldHasAtMostTwentySharedRuns() {
    for (int i = 0; i < SharedRuns.MAX_PER_WORLD; i++) {
      runs.share(world, ALL, "number " + i, WEEK);
    }
    assertThatThrownBy(() -> runs.share(world, ALL, "one more", WEEK))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("enough");
    assertThat(runs.of(world)).hasSize(SharedRuns.MAX_PER_WORLD);
  }

  /** Checks the limit on a server of its own, because all its links are counted. */
  @Test
  void aServerHasFiveHundredAndSaysSo(@TempDir Path folder) {
    try (var alone = SandboxServer.start(folder)) {
      var demo = alone.worlds().demo();
      note(demo, "R-1");
      var all = alone.bean(SharedRuns.class);
      var last = "";
      var in = demo;
      for (int i = 0; i < 500; i++) {
        if (i % SharedRuns.MAX_PER_WORLD == 0) {
          in = alone.newWorld();
          note(in, "R-1");
        }
        last = all.share(in, ALL, "number " + i, WEEK).run().id();
      }
      assertThatThrownBy(() -> all.share(demo, ALL, "one more", WEEK))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> {
                assertThat(refusal.problem()).isEqualTo(Problem.LIMIT_EXCEEDED);
                assertThat(refusal.expected()).isEqualTo("at most 20 of a world, 500 in all");
                assertThat(refusal.remedy()).contains("Delete");
              });
      all.revoke(in, last);
      assertThat(all.share(demo, ALL, "in its place", WEEK).run().entries()).isPositive();
    }
  }

  @Test
  void sixteenMegabytesAreSharedAndAByteMoreIsRefused() {
    var empty = new JournalSnapshot(world.base(), List.of(), KeySet.of(List.of()));
    long head = lengthOf(empty);
    long frame = lengthOf(ofText(List.of(""))) - head;
    var texts = new ArrayList<String>();
    long left = JournalSnapshot.MAX_BYTES - head;
    while (left > 2_000_000) {
      texts.add("x".repeat(1_000_000 - (int) frame));
      left -= 1_000_000;
    }
    texts.add("x".repeat((int) (left - frame)));
    var full = ofText(texts);
    assertThat(lengthOf(full)).isEqualTo(JournalSnapshot.MAX_BYTES);
    assertThat(JournalSnapshot.inflated(full.deflated()).entries()).hasSameSizeAs(texts);
    texts.set(0, texts.getFirst() + "x");
    var more = ofText(texts);
    assertThatThrownBy(more::deflated)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.problem()).isEqualTo(Problem.LIMIT_EXCEEDED);
              assertThat(refusal.expected()).isEqualTo("at most 16777216 bytes of journal");
              assertThat(refusal.remedy()).contains("Share one order");
            });
  }

  private JournalSnapshot ofText(List<String> texts) {
    var entries =
        texts.stream()
            .map(
                text ->
                    new JournalEntry(
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        "a",
                        null,
                        JournalNote.Kind.STATE,
                        "",
                        "e",
                        Map.of(),
                        Json.object().put("text", text)))
            .toList();
    return new JournalSnapshot(world.base(), entries, KeySet.of(List.of()));
  }

  private static long lengthOf(JournalSnapshot journalSnapshot) {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(journalSnapshot.deflated()))) {
      return in.readAllBytes().length;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Test
  void threeThousandEntriesAreSharedAndOneMoreIsRefused() {
    while (world.journalStore().lastSeq() < JournalSelection.MAX_RELATED_ENTRIES) {
      long missing = JournalSelection.MAX_RELATED_ENTRIES - world.journalStore().lastSeq();
      for (int i = 0; i < missing; i++) {
        note(world, "R-1");
      }
    }
    assertThat(runs.share(world, ALL, "", WEEK).run().entries())
        .isEqualTo(JournalSelection.MAX_RELATED_ENTRIES);
    note(world, "R-1");
    assertThatThrownBy(() -> runs.share(world, ALL, "", WEEK))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.problem()).isEqualTo(Problem.LIMIT_EXCEEDED);
              assertThat(refusal.expected()).isEqualTo("at most 3000");
            });
  }

  /** Checks that the copy has neither the keys of recorded requests nor the world's seed. */
  @Test
  void aCopyHoldsNoKeyOfAnyRole() {
    var keys = new ArrayList<String>();
    for (var role : List.of(Role.PRINCIPAL, Role.AGENT, Role.OPERATOR)) {
      keys.add(world.roleKey(role, null));
    }
    for (var key : keys) {
      server.get("/w/" + world.name() + "/psp/wallet?key=" + key, bearer(key));
      server.post(
          "/w/" + world.name() + "/psp/pin",
          "{\"pin\":\"246810\",\"x\":\"" + key + "\"}",
          bearer(key));
    }
    var newShare = runs.share(world, ALL, "", WEEK);
    var copy = Json.write(runs.open(newShare.token()).orElseThrow().snapshot().entries());
    assertThat(copy)
        .contains("/psp/wallet")
        .doesNotContain(keys)
        .doesNotContain("246810", world.seed());
  }

  @Test
  void aPurchaseIsSharedWithTheKeysItsSignaturesNeed() {
    note(world, "R-7");
    var newShare = runs.share(world, JournalSelection.of(Map.of("order_no", "R-7")), "", WEEK);
    var journalSnapshot = runs.open(newShare.token()).orElseThrow().snapshot();
    assertThat(journalSnapshot.entries())
        .singleElement()
        .matches(e -> e.ids().containsValue("R-7"));
    assertThat(journalSnapshot.page(JournalQuery.after(0, 10)).items()).hasSize(1);
    assertThat(journalSnapshot.find(journalSnapshot.lastSeq())).isPresent();
  }

  @Test
  void theOperatorMakesListsAndDeletesThem() {
    var operator = bearer(server.operator(world));
    var made = server.post(api(), "{\"title\":\"for you\",\"days\":3}", operator);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("url").asString()).startsWith(server.origin() + "/shared/");
    var listed = server.get(api(), operator).json().path("items");
    assertThat(listed.size()).isEqualTo(1);
    assertThat(listed.at("/0/title").asString()).isEqualTo("for you");
    assertThat(listed.toString()).doesNotContain("token");
    var id = made.json().path("id").asString();
    assertThat(server.send("DELETE", api() + "/" + id, null, operator).status()).isEqualTo(204);
    assertThat(server.send("DELETE", api() + "/" + id, null, operator).status()).isEqualTo(404);
    var agent = bearer(world.roleKey(Role.AGENT, null));
    assertThat(server.post(api(), "{}", agent).status()).isEqualTo(403);
    assertThat(server.post(api(), "{\"days\":31}", operator).status()).isEqualTo(400);
    assertThat(server.post(api(), "{\"order_no\":\"R-none\"}", operator).status()).isEqualTo(404);
  }
}
