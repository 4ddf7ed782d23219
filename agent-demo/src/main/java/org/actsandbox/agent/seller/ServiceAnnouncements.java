package org.actsandbox.agent.seller;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import tools.jackson.databind.JsonNode;

/**
 * Holds what the seller agents of a world announce in their catalogs; reading them costs nothing.
 *
 * @param silent the reasons why sellers are left out, by their ids
 */
public record ServiceAnnouncements(List<AnnouncedService> services, Map<String, String> silent) {

  private static final int MAX_ATTRIBUTE = 2_000;
  private static final int MAX_NAME = 160;

  public ServiceAnnouncements {
    services = List.copyOf(services);
    silent = Map.copyOf(silent);
  }

  /** Fetches all catalogs. A seller that does not answer, or answers an error, is left out. */
  public static ServiceAnnouncements fetch(
      AgentWorld world, AgentHttpClient agentHttpClient, Duration timeout) {
    var found = new ArrayList<AnnouncedService>();
    var silent = new LinkedHashMap<String, String>();
    for (var platform : world.platforms(MerchantKind.SERVICE)) {
      try {
        AgentHttpClient.body(
                platform, agentHttpClient.get(platform.at("/catalog?limit=20"), "", timeout))
            .path("items")
            .valueStream()
            .flatMap(entry -> read(platform, entry, world.now()).stream())
            .forEach(found::add);
      } catch (NoAnswerException | ParticipantRefusal absent) {
        silent.put(platform.id(), String.valueOf(absent.getMessage()));
      }
    }
    return new ServiceAnnouncements(found, silent);
  }

  /** Reads one entry; an incomplete entry is never bought (CID-1). */
  private static Optional<AnnouncedService> read(Platform platform, JsonNode entry, Instant now) {
    var id = entry.path("id").asString("");
    var price = entry.path("price").asString("");
    if (!id.matches("[a-z0-9-]{1,32}")
        || !price.matches("[0-9]{1,6}\\.[0-9]{2}")
        || !entry.path("currency").asString("").equals("CNY")
        || entry.path("available").asInt(1) == 0) {
      return Optional.empty();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    entry
        .path("attributes")
        .properties()
        .forEach(
            each ->
                attributes.put(
                    each.getKey(),
                    UntrustedText.sanitize(each.getValue().asString(""), MAX_ATTRIBUTE)));
    return Optional.of(
        new AnnouncedService(
            platform,
            id,
            text(entry.path("name"), id),
            text(entry.path("description"), ""),
            price,
            until(entry.path("price_valid_until").asString(""), now),
            attributes));
  }

  private static Text text(JsonNode words, String otherwise) {
    return UntrustedText.sanitize(
        new Text(words.path("en").asString(otherwise), words.path("zh").asString(otherwise)),
        MAX_NAME);
  }

  /** A price without an end may change at once. */
  private static Instant until(String moment, Instant now) {
    try {
      return Instant.parse(moment);
    } catch (DateTimeException unstated) {
      return now;
    }
  }
}
