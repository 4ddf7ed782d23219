package org.actsandbox.web.console.evidence;

import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.tamper.EvidenceBreak;
import org.actsandbox.web.console.words.PageText;

/**
 * Describes a tampering in the reader's language: the place, the original value and the current
 * value. Pointers, keys, digests and values are the same in every language.
 */
record TamperingDescription(String place, String before, String after) {

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  static TamperingDescription of(EvidenceBreak broken, PageText pageText) {
    var change = broken.change();
    return switch (broken.kind()) {
      case RECORD_CHANGED, RECORD_FORGED, SIGNATURE_SWAPPED, UPSTREAM_REORDERED, ANCHOR_REWRITTEN ->
          new TamperingDescription(change.place(), change.before(), change.after());
      case RECORD_REMOVED -> removed(change.place(), pageText);
      case ANCHOR_REMOVED -> removed(at("height", change.place(), pageText), pageText);
      case RECORDS_SWAPPED ->
          new TamperingDescription(
              pageText.say("tampering.place.whole"), change.before(), change.after());
      case NODE_CHANGED ->
          new TamperingDescription(
              at("node", change.place(), pageText), change.before(), change.after());
      case HEAD_CHANGED ->
          new TamperingDescription(
              at("height", change.place(), pageText), change.before(), change.after());
      case KEY_REMOVED -> key(change, "known", pageText.say("tampering.value.unknown"), pageText);
      case KEY_REPLACED -> key(change, "own", pageText.say("tampering.value.impostor"), pageText);
      case KEY_POSTDATED -> {
        var from = change.after().substring(change.after().lastIndexOf(' ') + 1);
        var since = pageText.say("tampering.value.from", pageText.seconds(Instant.parse(from)));
        yield key(change, "valid", since, pageText);
      }
      case CHAIN_SILENT ->
          new TamperingDescription(
              change.place(),
              pageText.say("tampering.value.answer"),
              pageText.say("tampering.value.silence"));
    };
  }

  private static TamperingDescription removed(String place, PageText pageText) {
    return new TamperingDescription(
        place, pageText.say("tampering.value.there"), pageText.say("tampering.value.gone"));
  }

  private static TamperingDescription key(
      EvidenceBreak.Change change, String before, String after, PageText pageText) {
    return new TamperingDescription(
        change.place(), pageText.say("tampering.value." + before), after);
  }

  /** Words a place in the reader's language with the numbers that it contains. */
  private static String at(String what, String place, PageText pageText) {
    var numbers = NUMBER.matcher(place).results().map(MatchResult::group).toArray();
    return pageText.say("tampering.place." + what, numbers);
  }
}
