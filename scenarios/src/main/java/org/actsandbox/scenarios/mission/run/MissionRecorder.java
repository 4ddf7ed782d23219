package org.actsandbox.scenarios.mission.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Records the journal of a mission's world, so that what the agent did can be played when the world
 * is gone: gzip of one JSON object on each line, the entries first and the world's address and
 * public keys last. What the operator asked for is left out, because the judge asked it.
 */
final class MissionRecorder {

  /** Ours: a careful agent leaves a hundred; an agent that floods is cut here. */
  private static final int MAX_ENTRIES = 1_000;

  /** Ours: a longer entry is left out, it tells nothing that a person reads. */
  private static final int MAX_ENTRY_BYTES = 48 * 1024;

  private static final int MAX_COMPRESSED_BYTES = 64 * 1024;

  /** As many keys as a key set may have. */
  private static final int MAX_KEYS = 64;

  /** Bytes of one text of the recording, short enough for every reader of JSON. */
  private static final int PART_BYTES = 36 * 1024;

  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final GZIPOutputStream lines;
  private final Set<String> participants = new HashSet<>();
  private int entries;
  private boolean isCut;

  MissionRecorder() {
    try {
      lines = new GZIPOutputStream(compressed);
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory", impossible);
    }
  }

  void add(JsonNode entry) {
    if (entry.path("data").path("role").asString("").equals("operator")) {
      return;
    }
    var line = Json.bytes(entry);
    if (entries >= MAX_ENTRIES
        || line.length > MAX_ENTRY_BYTES
        || compressed.size() > MAX_COMPRESSED_BYTES) {
      isCut = true;
      return;
    }
    write(line);
    entries++;
    participants.add(entry.path("actor").asString(""));
    participants.add(entry.path("peer").asString(""));
  }

  /**
   * Ends the recording and returns it in base64, in parts.
   *
   * @param identities the world's participants with their keys
   */
  List<String> finish(URI base, String agent, JsonNode identities) {
    var last = Json.object().put("base", base.toString()).put("agent", agent).put("cut", isCut);
    var keys = last.putObject("jwks").putArray("keys");
    identities
        .path("identities")
        .valueStream()
        .filter(each -> participants.contains(each.path("did").asString("")))
        .flatMap(each -> each.path("keys").valueStream())
        .limit(MAX_KEYS)
        .forEach(key -> keys.add(key.path("jwk")));
    write(Json.bytes(last));
    try {
      lines.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory", impossible);
    }
    var bytes = compressed.toByteArray();
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += PART_BYTES) {
      var part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PART_BYTES));
      parts.add(Base64.getEncoder().encodeToString(part));
    }
    return List.copyOf(parts);
  }

  private void write(byte[] line) {
    try {
      lines.write(line);
      lines.write('\n');
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory", impossible);
    }
  }
}
