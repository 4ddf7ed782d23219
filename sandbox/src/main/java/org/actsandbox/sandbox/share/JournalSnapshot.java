package org.actsandbox.sandbox.share;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.EntryReader;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import reactor.core.publisher.Flux;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Represents a copy of a part of a journal with the public keys that its signatures need, and
 * nothing else of the world.
 *
 * @param base the world's address, for commands that repeat a message
 */
public record JournalSnapshot(URI base, List<JournalEntry> entries, KeySet keys)
    implements JournalStore {

  /** Limit before the copy is deflated. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private record Head(String base, String jwks) {}

  public JournalSnapshot {
    entries = List.copyOf(entries);
  }

  static JournalSnapshot of(URI base, List<JournalEntry> entries, KeyDirectory directory) {
    var signers = new LinkedHashMap<String, VerificationKey>();
    for (var entry : entries) {
      collect(entry.data(), directory, signers);
    }
    return new JournalSnapshot(
        base, entries, KeySet.of(signers.values().stream().limit(KeySet.MAX_KEYS).toList()));
  }

  private static void collect(
      JsonNode node, KeyDirectory directory, LinkedHashMap<String, VerificationKey> signers) {
    if (node.isString()) {
      signer(node.stringValue())
          .filter(id -> !signers.containsKey(id))
          .flatMap(directory::find)
          .ifPresent(key -> signers.put(key.signerId(), key));
    }
    node.forEach(child -> collect(child, directory, signers));
  }

  /** Returns the signer id: the text itself, or the key reference in the header of a token. */
  private static Optional<String> signer(String text) {
    if (text.startsWith("did:act:") && text.indexOf('#') > 0 && text.length() < 120) {
      return Optional.of(text);
    }
    int dot = text.indexOf('.');
    if (!text.startsWith("eyJ") || dot < 0 || dot > 400) {
      return Optional.empty();
    }
    try {
      var header = Base64.getUrlDecoder().decode(text.substring(0, dot));
      return Optional.ofNullable(Json.parse(header).path("kid").asString(null));
    } catch (IllegalArgumentException | JacksonException noToken) {
      return Optional.empty();
    }
  }

  /**
   * @throws Refusal {@code limit_exceeded}
   */
  byte[] deflated() {
    var bytes = new ByteArrayOutputStream();
    long size = 0;
    try (var out = new DeflaterOutputStream(bytes)) {
      size += line(out, Json.bytes(new Head(base.toString(), keys.json())));
      for (var entry : entries) {
        size += line(out, Json.bytes(entry));
        if (size > MAX_BYTES) {
          throw new Refusal(Problem.LIMIT_EXCEEDED, "this run is too large to share")
              .expected("at most " + MAX_BYTES + " bytes of journal")
              .remedy("Share one order or one intent of it.");
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory", impossible);
    }
    return bytes.toByteArray();
  }

  private static int line(DeflaterOutputStream out, byte[] json) throws IOException {
    out.write(json);
    out.write('\n');
    return json.length + 1;
  }

  static JournalSnapshot inflated(byte[] deflated) {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().iterator();
      var head = Json.read(lines.next(), Head.class);
      var entries = new ArrayList<JournalEntry>();
      lines.forEachRemaining(line -> entries.add(EntryReader.entry(line)));
      return new JournalSnapshot(URI.create(head.base()), entries, KeySet.parse(head.jwks()));
    } catch (IOException broken) {
      throw new UncheckedIOException("a shared run cannot be read", broken);
    }
  }

  @Override
  public Page page(JournalQuery query) {
    var found =
        entries.stream()
            .filter(entry -> entry.seq() > query.after() && query.fits(entry))
            .filter(
                entry ->
                    query.ids().entrySet().stream()
                        .allMatch(id -> id.getValue().equals(entry.ids().get(id.getKey()))))
            .limit(query.limit())
            .toList();
    boolean full = found.size() == query.limit();
    return new Page(found, full ? found.getLast().seq() : Math.max(query.after(), lastSeq()));
  }

  @Override
  public List<JournalEntry> withAny(Map<String, Set<String>> ids, long until, int most) {
    return entries.stream()
        .filter(entry -> entry.seq() <= until)
        .filter(
            entry ->
                entry.ids().entrySet().stream()
                    .anyMatch(
                        id -> ids.getOrDefault(id.getKey(), Set.of()).contains(id.getValue())))
        .limit(most)
        .toList();
  }

  @Override
  public Optional<JournalEntry> find(long seq) {
    return entries.stream().filter(entry -> entry.seq() == seq).findFirst();
  }

  @Override
  public long lastSeq() {
    return entries.isEmpty() ? 0 : entries.getLast().seq();
  }

  /** Returns the entries; a copy never has new ones. */
  @Override
  public Flux<JournalEntry> follow(long seq) {
    return Flux.fromIterable(entries).filter(entry -> entry.seq() > seq);
  }
}
