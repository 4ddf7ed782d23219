package org.actsandbox.web.console.worlds;

import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.words.Words;
import tools.jackson.databind.JsonNode;

/**
 * One thing that waits for the world's clock, in the reader's words.
 *
 * @param subject order, payment or message; empty for none
 */
public record Due(Instant at, String what, String whom, String subject) {

  static List<Due> all(JsonNode items, Words words) {
    var narrator = new Narrator(words);
    return StreamSupport.stream(items.spliterator(), false)
        .map(each -> of(each, words, narrator))
        .toList();
  }

  private static Due of(JsonNode item, Words words, Narrator narrator) {
    var what = item.path("what").asString();
    return new Due(
        Instant.parse(item.path("at").asString()),
        words.sayOr("due." + what.replace(' ', '_'), what),
        narrator.name("did:act:" + item.path("participant").asString()),
        item.path("subject").asString());
  }
}
