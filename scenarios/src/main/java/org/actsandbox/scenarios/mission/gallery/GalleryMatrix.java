package org.actsandbox.scenarios.mission.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Says which missions each bad agent fails. A mission that none of them fails proves nothing and is
 * not counted. The file is written and verified by the test that plays them all.
 */
public final class GalleryMatrix {

  private final Map<Flaw, List<String>> failures = new EnumMap<>(Flaw.class);

  private GalleryMatrix(JsonNode json) {
    for (var flaw : Flaw.values()) {
      failures.put(flaw, json.path(flaw.code()).valueStream().map(JsonNode::asString).toList());
    }
  }

  public static GalleryMatrix load() {
    try (var resource = GalleryMatrix.class.getResourceAsStream("failures.json")) {
      return new GalleryMatrix(Json.parse(Objects.requireNonNull(resource).readAllBytes()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the missions that the agent with this flaw fails, the most telling one first. */
  public List<String> failures(Flaw flaw) {
    return Objects.requireNonNull(failures.get(flaw));
  }

  /** Returns the bad agents that fail a mission. */
  public List<Flaw> failing(String mission) {
    return failures.entrySet().stream()
        .filter(each -> each.getValue().contains(mission))
        .map(Map.Entry::getKey)
        .toList();
  }
}
