package org.actsandbox.web.console.grades;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.EntryReader;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.share.JournalSnapshot;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.picture.DiagramLane;
import org.actsandbox.web.console.picture.MessageFilter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Is the recorded journal of a graded mission, as {@code MissionRecorder} writes it. It may come
 * from elsewhere, so nothing in it is believed before it has the form of a journal.
 *
 * @param agent DID of the agent under test
 * @param isCut true if the agent did more than the recording holds
 */
record MissionRecording(JournalSnapshot snapshot, String agent, boolean isCut) {

  /** Ours: as many entries as a recorder keeps; an expanded one is at most a megabyte or two. */
  private static final int MAX_ENTRIES = 1_000;

  private static final int MAX_BYTES = 8 * 1024 * 1024;
  private static final int MAX_TEXT = 200;
  private static final int MAX_IDS = 20;

  /** Who takes part in every purchase besides merchants. */
  private static final Set<String> BUYING =
      DiagramLane.ALWAYS.stream().map(DiagramLane::did).collect(Collectors.toUnmodifiableSet());

  /** Reads a recording; empty if the bytes are none, or one beyond the limits. */
  static Optional<MissionRecording> read(byte[] compressed) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        return Optional.empty();
      }
      return read(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException | JacksonException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<MissionRecording> read(List<String> lines) {
    if (lines.isEmpty() || lines.size() > MAX_ENTRIES + 1) {
      return Optional.empty();
    }
    var last = Json.parse(lines.getLast());
    var entries = new ArrayList<JournalEntry>();
    long before = 0;
    for (var line : lines.subList(0, lines.size() - 1)) {
      var entry = EntryReader.entry(line);
      if (entry == null || !isWhole(entry) || entry.seq() <= before) {
        return Optional.empty();
      }
      before = entry.seq();
      entries.add(entry);
    }
    var base = URI.create(last.path("base").asString(""));
    var keys = KeySet.parse(Json.write(last.path("jwks")));
    return Optional.of(
        new MissionRecording(
            new JournalSnapshot(base, entries, keys),
            last.path("agent").asString(""),
            last.path("cut").asBoolean(false)));
  }

  /** Tells whether an entry has every part that a journal's entry always has. */
  @SuppressWarnings("NullAway") // an entry of a file can lack what one of a journal never does
  private static boolean isWhole(JournalEntry entry) {
    boolean whole =
        Stream.of(
                    entry.at(),
                    entry.recordedAt(),
                    entry.actor(),
                    entry.kind(),
                    entry.component(),
                    entry.event(),
                    entry.ids(),
                    entry.data())
                .allMatch(part -> part != null)
            && Stream.of(entry.actor(), entry.component(), entry.event())
                .allMatch(text -> text.length() <= MAX_TEXT)
            && (entry.peer() == null || entry.peer().length() <= MAX_TEXT)
            && entry.ids().size() <= MAX_IDS
            && entry.ids().values().stream().allMatch(id -> id != null && id.length() <= MAX_TEXT);
    return whole && (entry.kind() != Kind.EXCHANGE || isWhole(EntryNarrator.exchangeOf(entry)));
  }

  @SuppressWarnings("NullAway") // an exchange of a file can lack what one of a journal never does
  private static boolean isWhole(JournalExchange exchange) {
    return Stream.of(
                exchange.method(),
                exchange.path(),
                exchange.role(),
                exchange.requestHeaders(),
                exchange.responseHeaders(),
                exchange.decoded())
            .allMatch(part -> part != null)
        && Stream.of(exchange.requestBody(), exchange.responseBody())
            .allMatch(body -> body == null || body.contentType() != null);
  }

  /**
   * Returns the entries that a diagram shows, from the first one that concerns the agent under test
   * on. It is in the lane of the agent, so that the diagrams of two agents are alike; what
   * merchants tell trust services among themselves is left out.
   */
  List<JournalEntry> messages() {
    return snapshot.entries().stream()
        .map(this::withAgentInItsLane)
        .dropWhile(entry -> !concerns(entry, Set.of(DiagramLane.AGENT.did())))
        .filter(entry -> entry.kind() != Kind.EXCHANGE || concerns(entry, BUYING))
        .filter(MessageFilter::isMessage)
        .toList();
  }

  private static boolean concerns(JournalEntry entry, Set<String> participants) {
    return participants.contains(entry.actor())
        || (entry.peer() != null && participants.contains(entry.peer()));
  }

  private JournalEntry withAgentInItsLane(JournalEntry entry) {
    var peer = entry.peer();
    return new JournalEntry(
        entry.seq(),
        entry.at(),
        entry.recordedAt(),
        lane(entry.actor()),
        peer == null ? null : lane(peer),
        entry.kind(),
        entry.component(),
        entry.event(),
        entry.ids(),
        entry.data());
  }

  private String lane(String did) {
    return did.equals(agent) ? DiagramLane.AGENT.did() : did;
  }

  /** Returns the bytes of a recording from the parts that a grade has of it. */
  static Optional<byte[]> bytes(JsonNode parts) {
    var bytes = new ByteArrayOutputStream();
    try {
      for (var part : parts) {
        bytes.writeBytes(Base64.getDecoder().decode(part.asString("")));
      }
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
    return bytes.size() == 0 ? Optional.empty() : Optional.of(bytes.toByteArray());
  }
}
