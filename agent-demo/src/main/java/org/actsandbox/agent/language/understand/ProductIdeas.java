package org.actsandbox.agent.language.understand;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.protocol.vocabulary.WordLists;

/**
 * Knows the goods that are wished by what they are for: "something warm to wear". The agent asks
 * which goods are meant and names some; their names stand under the key in the question bundles.
 */
record ProductIdeas(String key, Pattern pattern, String example) {

  static final List<ProductIdeas> ALL =
      WordLists.lines(ProductIdeas.class, "ideas.txt").stream().map(ProductIdeas::of).toList();

  /** Finds the ideas for a sentence that names no goods; the first line that fits is taken. */
  static Optional<String> find(AnnotatedSentence annotatedSentence) {
    boolean namesGoods =
        annotatedSentence.marks().stream()
            .anyMatch(
                mark ->
                    mark.meaning() instanceof Word word
                        && word.topic() == Topic.PRODUCT
                        && !word.negated());
    if (namesGoods) {
      return Optional.empty();
    }
    var sentence = annotatedSentence.sentence();
    for (var each : ALL) {
      var match = each.pattern.matcher(sentence.plain());
      if (match.find()) {
        sentence.use(match.start(), match.end());
        return Optional.of(each.key);
      }
    }
    return Optional.empty();
  }

  private static ProductIdeas of(String line) {
    int first = line.indexOf(" | ");
    int last = line.lastIndexOf(" | ");
    if (first < 0 || first == last) {
      throw new IllegalStateException("ideas.txt: three fields expected in " + line);
    }
    return new ProductIdeas(
        line.substring(0, first).strip(),
        Pattern.compile(line.substring(first + 3, last).strip()),
        line.substring(last + 3).strip());
  }
}
