package org.actsandbox.agent.language.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.vocabulary.GoodsVocabulary;
import org.actsandbox.protocol.vocabulary.WordLists;

/**
 * Represents a word of the lexicon with all its forms.
 *
 * @param forms the forms in plain spelling
 */
record LexiconLine(Topic topic, String value, List<String> forms) {

  /**
   * The lines of {@code lexicon.txt}, then the goods that shops sell (ADR 100). Of two meanings of
   * a form the first one counts. Lines of one topic and value are one word.
   */
  static final List<LexiconLine> ALL =
      Stream.of(
              words().stream(),
              GoodsVocabulary.kinds().stream()
                  .map(kind -> of(Topic.PRODUCT, kind.category(), kind.sentenceNames())),
              GoodsVocabulary.brands().stream().map(brand -> of(brand.name())))
          .flatMap(lines -> lines)
          .toList();

  private static List<LexiconLine> words() {
    var words = new LinkedHashMap<String, LexiconLine>();
    WordLists.lines(LexiconLine.class, "lexicon.txt").stream()
        .map(LexiconLine::of)
        .forEach(line -> words.merge(line.topic() + "|" + line.value(), line, LexiconLine::with));
    return List.copyOf(words.values());
  }

  private LexiconLine with(LexiconLine more) {
    return new LexiconLine(
        topic, value, Stream.concat(forms.stream(), more.forms.stream()).toList());
  }

  private static LexiconLine of(String line) {
    var field = line.split("\\|", -1);
    if (field.length != 3) {
      throw new IllegalStateException("lexicon.txt: topic|value|forms expected in " + line);
    }
    return new LexiconLine(
        Topic.valueOf(field[0].toUpperCase(Locale.ROOT)),
        field[1],
        List.of(field[2].split(",", -1)));
  }

  private static LexiconLine of(Text brand) {
    return of(Topic.BRAND, brand.en(), List.of(brand.en(), brand.zh()));
  }

  private static LexiconLine of(Topic topic, String value, List<String> forms) {
    var plain = forms.stream().map(form -> form.toLowerCase(Locale.ROOT)).toList();
    return new LexiconLine(topic, value, plain);
  }
}
