package org.actsandbox.web.console.evidence;

import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.tamper.Break;
import org.actsandbox.web.console.words.Words;

/**
 * Where something was broken, what stood there and what is seen now, in the reader's language.
 * Pointers, keys, digests and values are the same in every language.
 */
record BreakWords(String place, String before, String after) {

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  static BreakWords of(Break broken, Words words) {
    var change = broken.change();
    return switch (broken.kind()) {
      case RECORD_CHANGED, RECORD_FORGED, SIGNATURE_SWAPPED, UPSTREAM_REORDERED, ANCHOR_REWRITTEN ->
          new BreakWords(change.place(), change.before(), change.after());
      case RECORD_REMOVED -> gone(change.place(), words);
      case ANCHOR_REMOVED -> gone(at("height", change.place(), words), words);
      case RECORDS_SWAPPED ->
          new BreakWords(words.say("lab.place.whole"), change.before(), change.after());
      case NODE_CHANGED ->
          new BreakWords(at("node", change.place(), words), change.before(), change.after());
      case HEAD_CHANGED ->
          new BreakWords(at("height", change.place(), words), change.before(), change.after());
      case KEY_REMOVED -> key(change, "known", words.say("lab.value.unknown"), words);
      case KEY_REPLACED -> key(change, "own", words.say("lab.value.impostor"), words);
      case KEY_POSTDATED -> {
        var from = change.after().substring(change.after().lastIndexOf(' ') + 1);
        var since = words.say("lab.value.from", words.seconds(Instant.parse(from)));
        yield key(change, "valid", since, words);
      }
      case CHAIN_SILENT ->
          new BreakWords(
              change.place(), words.say("lab.value.answer"), words.say("lab.value.silence"));
    };
  }

  private static BreakWords gone(String place, Words words) {
    return new BreakWords(place, words.say("lab.value.there"), words.say("lab.value.gone"));
  }

  private static BreakWords key(Break.Change change, String before, String after, Words words) {
    return new BreakWords(change.place(), words.say("lab.value." + before), after);
  }

  /** The numbers of a place, in a sentence of the reader's language. */
  private static String at(String what, String place, Words words) {
    var numbers = NUMBER.matcher(place).results().map(MatchResult::group).toArray();
    return words.say("lab.place." + what, numbers);
  }
}
