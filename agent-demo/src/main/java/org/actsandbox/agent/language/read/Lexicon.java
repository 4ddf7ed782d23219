package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.jspecify.annotations.Nullable;

/** Holds all known words and names, and finds the one that starts at a position. */
final class Lexicon {

  static final Lexicon KNOWN = new Lexicon();

  /** A word of the lexicon, or a name of the gazetteer with its places. */
  record Entry(@Nullable Topic topic, String value, Set<Place> places) {}

  /** An entry and its end in the text. */
  record Hit(Entry entry, int end) {}

  private static final class Node {
    final Map<Character, Node> next = new HashMap<>();
    @Nullable Entry entry;
  }

  private final Node root = new Node();
  private final Node unsupported = new Node();

  private Lexicon() {
    PlaceNames.china()
        .names()
        .forEach((name, places) -> put(root, name, new Entry(null, "", places), false));
    for (var wish : UnsupportedWish.ALL) {
      // These are read after everything else, from their own tree: "student" may be part of a
      // product's name.
      wish.forms()
          .forEach(
              form ->
                  put(
                      unsupported,
                      form,
                      new Entry(Topic.UNSUPPORTED, wish.english(), Set.of()),
                      true));
    }
    for (var line : LexiconLine.ALL) {
      var entry = new Entry(line.topic(), line.value(), Set.of());
      line.forms().forEach(form -> put(root, form, entry, true));
    }
  }

  /**
   * Finds the entry at {@code start} that leaves the least of the text behind it unread: 杭州西湖 is a
   * city and its lake, not a station and a lone character. Latin words count as whole words only.
   */
  @Nullable Hit best(String text, int start) {
    Hit best = null;
    int most = -1;
    for (var hit : all(root, text, start)) {
      int covered = hit.end() - start + coveredAfter(text, hit.end());
      // Hits come shortest first, so that of two with the same cover the longer one is taken.
      if (covered >= most) {
        best = hit;
        most = covered;
      }
    }
    return best != null && endsInLongerWord(text, start, best.end()) ? null : best;
  }

  /** Returns whether a word after the article goes on: "a bed" is no place in "a bed sheet". */
  private boolean endsInLongerWord(String text, int start, int end) {
    if (!text.startsWith("a ", start)) {
      return false;
    }
    var afterArticle = all(root, text, start + 2);
    return !afterArticle.isEmpty() && afterArticle.getLast().end() > end;
  }

  /** Returns the entry of a colour by its character, which the lexicon lists as in 红的. */
  @Nullable Hit colour(char character, int end) {
    var listed = best(character + "的", 0);
    return listed == null ? null : new Hit(listed.entry(), end);
  }

  @Nullable Hit unsupported(String text, int start) {
    var hits = all(unsupported, text, start);
    return hits.isEmpty() ? null : hits.getLast();
  }

  private int coveredAfter(String text, int start) {
    if (start >= text.length() || isLatin(text.charAt(start)) || text.charAt(start) == ' ') {
      return 0;
    }
    var hits = all(root, text, start);
    return hits.isEmpty() ? 0 : hits.getLast().end() - start;
  }

  /** Returns all entries that start there, the shortest first. */
  private static List<Hit> all(Node tree, String text, int start) {
    var hits = new ArrayList<Hit>();
    if (start > 0 && isLatin(text.charAt(start)) && isInsideWord(text, start - 1)) {
      return hits;
    }
    Node node = tree;
    for (int i = start; i < text.length(); i++) {
      node = node.next.get(text.charAt(i));
      if (node == null) {
        break;
      }
      boolean whole =
          !isLatin(text.charAt(i)) || i + 1 == text.length() || !isLatin(text.charAt(i + 1));
      if (node.entry != null && whole) {
        hits.add(new Hit(node.entry, i + 1));
      }
    }
    return hits;
  }

  private static void put(Node tree, String form, Entry entry, boolean word) {
    for (var spelling : spellings(form, word)) {
      Node node = tree;
      for (int i = 0; i < spelling.length(); i++) {
        node = node.next.computeIfAbsent(spelling.charAt(i), _ -> new Node());
      }
      if (node.entry == null) {
        node.entry = entry;
      }
    }
  }

  private static List<String> spellings(String form, boolean word) {
    var spellings = new ArrayList<String>();
    spellings.add(form);
    if (!isLatin(form.charAt(0))) {
      return spellings;
    }
    if (form.indexOf(' ') > 0) {
      spellings.add(form.replace(' ', '-'));
    }
    if (word && form.length() >= 3 && isLatin(form.charAt(form.length() - 1))) {
      for (var singular : List.copyOf(spellings)) {
        spellings.add(
            singular.endsWith("ch") || singular.endsWith("s") ? singular + "es" : singular + "s");
        if (singular.endsWith("y")) {
          spellings.add(singular.substring(0, singular.length() - 1) + "ies");
        }
      }
    }
    return spellings;
  }

  /**
   * Returns whether a word goes on after this character, as "o'clock" does after its apostrophe.
   */
  private static boolean isInsideWord(String text, int at) {
    return isLatin(text.charAt(at))
        || (text.charAt(at) == '\'' && at > 0 && isLatin(text.charAt(at - 1)));
  }

  private static boolean isLatin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
