package org.actsandbox.web.console.worlds;

import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.words.PageText;
import tools.jackson.databind.JsonNode;

/**
 * Shows one thing that waits for the world's clock, in the reader's language.
 *
 * @param participant name of the participant that waits
 * @param subject id of the order, payment or message; empty for none
 */
public record DueItem(Instant at, String text, String participant, String subject) {

  static List<DueItem> all(JsonNode items, PageText pageText) {
    var entryNarrator = new EntryNarrator(pageText);
    return StreamSupport.stream(items.spliterator(), false)
        .map(each -> of(each, pageText, entryNarrator))
        .toList();
  }

  private static DueItem of(JsonNode item, PageText pageText, EntryNarrator entryNarrator) {
    var what = item.path("what").asString();
    return new DueItem(
        Instant.parse(item.path("at").asString()),
        pageText.sayOr("due." + what.replace(' ', '_'), what),
        entryNarrator.name("did:act:" + item.path("participant").asString()),
        item.path("subject").asString());
  }
}
