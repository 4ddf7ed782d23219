package org.actsandbox.merchants.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.shelf.DataFileReader;

/**
 * The phrases of one direction. A template such as {@code over {1} days it rose {2} percent} keeps
 * the order of words right in the other language; what no template covers goes phrase by phrase.
 */
final class Phrasebook {

  static final Phrasebook TO_CHINESE = new Phrasebook(0, 1);
  static final Phrasebook TO_ENGLISH = new Phrasebook(1, 0);

  /** A slot takes no more: longer ones are other sentences. */
  private static final int MOST_IN_SLOT = 10;

  private final Map<String, String> phrases = new HashMap<>();
  private final List<Template> templates = new ArrayList<>();
  private int longest;

  /**
   * @param parts words; slots are {@code {1}} to {@code {9}}
   */
  private record Template(List<String> parts, String target) {}

  private Phrasebook(int from, int to) {
    for (var row : DataFileReader.read(Phrasebook.class, "phrases.txt")) {
      var words = SentenceTokenizer.of(row[from]);
      if (row[from].indexOf('{') >= 0) {
        templates.add(new Template(words, row[to]));
      } else {
        phrases.putIfAbsent(SentenceTokenizer.key(words), row[to]);
        longest = Math.max(longest, words.size());
      }
    }
  }

  int size() {
    return phrases.size() + templates.size();
  }

  /**
   * @param text in the other language, unknown words as they were
   * @param unknown those words
   */
  record TranslatedText(String text, List<String> unknown) {}

  /** Clause by clause: punctuation stays where it is. */
  Phrasebook.TranslatedText translate(String text, boolean whole, SentenceTokenizer.Style style) {
    var unknown = new ArrayList<String>();
    var said = new ArrayList<String>();
    var clause = new ArrayList<String>();
    for (var word : SentenceTokenizer.of(text)) {
      if (SentenceTokenizer.isPunctuation(word)) {
        say(clause, whole, said, unknown);
        clause.clear();
        said.add(style.punctuation(word));
      } else {
        clause.add(word);
      }
    }
    say(clause, whole, said, unknown);
    return new Phrasebook.TranslatedText(style.join(said), List.copyOf(unknown));
  }

  private void say(List<String> clause, boolean whole, List<String> said, List<String> unknown) {
    if (clause.isEmpty()) {
      return;
    }
    if (whole) {
      for (var template : templates) {
        var slots = new HashMap<String, List<String>>();
        if (matches(template.parts(), 0, clause, 0, slots)) {
          fill(template, slots, said, unknown);
          return;
        }
      }
    }
    phraseByPhrase(clause, said, unknown);
  }

  private void fill(
      Template template, Map<String, List<String>> slots, List<String> said, List<String> unknown) {
    for (var part : SentenceTokenizer.of(template.target())) {
      var filled = slots.get(part);
      if (filled == null) {
        said.add(part);
      } else {
        phraseByPhrase(filled, said, unknown);
      }
    }
  }

  /** The longest phrase first. */
  private void phraseByPhrase(List<String> words, List<String> said, List<String> unknown) {
    int at = 0;
    while (at < words.size()) {
      int taken = known(words, at);
      if (taken > 0) {
        said.add(phrases.get(SentenceTokenizer.key(words.subList(at, at + taken))));
        at += taken;
        continue;
      }
      var word = words.get(at);
      said.add(word);
      if (!SentenceTokenizer.isNumber(word)) {
        unknown.add(word);
      }
      at++;
    }
  }

  private int known(List<String> words, int at) {
    for (int length = Math.min(longest, words.size() - at); length > 0; length--) {
      if (phrases.containsKey(SentenceTokenizer.key(words.subList(at, at + length)))) {
        return length;
      }
    }
    return 0;
  }

  private static boolean matches(
      List<String> parts, int part, List<String> words, int word, Map<String, List<String>> slots) {
    if (part == parts.size()) {
      return word == words.size();
    }
    var wanted = parts.get(part);
    if (!SentenceTokenizer.isSlot(wanted)) {
      return word < words.size()
          && wanted.equalsIgnoreCase(words.get(word))
          && matches(parts, part + 1, words, word + 1, slots);
    }
    int most = Math.min(MOST_IN_SLOT, words.size() - word);
    for (int length = 1; length <= most; length++) {
      if (matches(parts, part + 1, words, word + length, slots)) {
        slots.put(wanted, words.subList(word, word + length));
        return true;
      }
    }
    return false;
  }
}
