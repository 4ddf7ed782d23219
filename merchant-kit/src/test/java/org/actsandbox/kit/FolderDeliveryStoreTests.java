package org.actsandbox.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.actsandbox.kit.delivery.DeliveredContent;
import org.actsandbox.kit.delivery.FolderDeliveryStore;
import org.actsandbox.kit.delivery.PaidSale;
import org.actsandbox.kit.delivery.StoredDelivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that deliveries survive the end of a process. */
class FolderDeliveryStoreTests {

  private static final Instant NOW = Instant.parse("2026-11-25T01:00:00Z");

  @TempDir Path folder;

  private static StoredDelivery delivery(String tradeNo) {
    return new StoredDelivery(
        tradeNo,
        "G-" + tradeNo,
        "report",
        "sha-256:x",
        NOW,
        NOW.plusSeconds(60),
        false,
        false,
        new PaidSale("did:act:demo-agent", "0.50", "CNY", "I-1", null, null),
        DeliveredContent.json("{\"trade\":\"%s\"}".formatted(tradeNo)));
  }

  @Test
  void whatWasSavedIsThereAgainAndWhatWasHalfWrittenIsNot() throws IOException {
    try (var store = new FolderDeliveryStore(folder)) {
      store.save(delivery("T-1"));
      store.save(delivery("../T:2"));
      store.confirmed("T-1");
      store.recorded("T-1");
      store.confirmed("../T:2");
    }
    Files.writeString(folder.resolve("half.body"), "a crash came before the facts");
    Files.writeString(folder.resolve("half.json.tmp"), "{");

    try (var store = new FolderDeliveryStore(folder)) {
      assertThat(store.unfinished()).extracting(StoredDelivery::tradeNo).containsExactly("../T:2");
      assertThat(store.find("../T:2").orElseThrow().confirmed()).isTrue();
      var found = store.find("T-1").orElseThrow();
      assertThat(found.sale()).isEqualTo(delivery("T-1").sale());
      try (var body = found.content().body().open()) {
        assertThat(body).hasContent("{\"trade\":\"T-1\"}");
      }
      assertThat(folder.resolve("half.body")).doesNotExist();

      store.forgetBefore(NOW.plusSeconds(120));
      assertThat(store.find("T-1")).isEmpty();
      assertThat(store.find("../T:2")).isPresent();
    }
  }

  @Test
  void aDeliveryOfAnEarlierVersionIsReadAndHasNoRecord() throws IOException {
    try (var store = new FolderDeliveryStore(folder)) {
      store.save(delivery("T-1"));
    }
    try (var files = Files.newDirectoryStream(folder, "*.json")) {
      for (var file : files) {
        var facts = Files.readString(file);
        Files.writeString(file, facts.replaceAll(",\"(recorded|sale)\":(false|\\{[^}]*})", ""));
      }
    }

    try (var store = new FolderDeliveryStore(folder)) {
      assertThat(store.find("T-1").orElseThrow().sale()).isNull();
      store.confirmed("T-1");
      assertThat(store.unfinished()).isEmpty();
    }
  }

  @Test
  void aFolderBelongsToOneAtATime() throws IOException {
    try (var _ = new FolderDeliveryStore(folder)) {
      assertThatIOException()
          .isThrownBy(() -> new FolderDeliveryStore(folder).close())
          .withMessageContaining("another process");
    }
  }
}
