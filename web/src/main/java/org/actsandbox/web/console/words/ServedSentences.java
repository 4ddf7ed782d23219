package org.actsandbox.web.console.words;

import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.document.SentenceCatalog;

/**
 * Knows the Chinese of the sentences that the server says to programs: what was wrong with a
 * request, what would have been right, how an attempt ended. Their English is part of the API.
 */
final class ServedSentences {

  static final SentenceCatalog CATALOG =
      SentenceCatalog.of(ServedSentences.class, "sentences_zh.txt", "participants_zh.txt");

  /** Ids, numbers and times in a list have no words, so they are the same in each language. */
  private static final Pattern VALUES =
      Pattern.compile("[A-Za-z0-9]*[0-9_/.:-][^ ]*|[^ ]+(, [^ ]+)+");

  private ServedSentences() {}

  /** Returns the sentence in the language; empty if only its English is known. */
  static Optional<String> find(String lang, String english) {
    return lang.equals("zh") && !english.isEmpty() && !VALUES.matcher(english).matches()
        ? CATALOG.translate(english)
        : Optional.of(english);
  }
}
