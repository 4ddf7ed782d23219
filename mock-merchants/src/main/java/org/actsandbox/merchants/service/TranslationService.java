package org.actsandbox.merchants.service;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Sells translation between English and Chinese with a small phrase book, and lists the words that
 * it could not translate.
 *
 * @param wholeSentences whether whole sentences are translated by templates, otherwise word by word
 */
record TranslationService(boolean wholeSentences) implements PaidService {

  static final int MAX_TEXT = 4_000;

  private static final List<String> LANGUAGES = List.of("en", "zh");

  @Override
  public String id() {
    return "translate";
  }

  @Override
  public Text name() {
    return wholeSentences
        ? new Text("Sentence translation", "整句翻译")
        : new Text("Word-by-word translation", "逐词翻译");
  }

  @Override
  public Text about() {
    return new Text(
        "English and Chinese with a phrase book of %d entries; says what it could not translate."
            .formatted(Phrasebook.TO_CHINESE.size()),
        "中英互译，短语库 %d 条；译不出的词会列出。".formatted(Phrasebook.TO_CHINESE.size()));
  }

  @Override
  public Text unit() {
    return new Text("per text of at most 4,000 characters", "每篇，不超过 4000 字符");
  }

  @Override
  public Map<String, String> attributes() {
    return Map.of(
        "input",
        "{\"text\": \"Coffee rose 3.2 percent in 30 days.\", \"from\": \"en\", \"to\": \"zh\"}",
        "grain",
        wholeSentences ? "sentences" : "words");
  }

  @Override
  public void check(JsonNode input) {
    ServiceInputFields.check(
        input,
        Set.of("text", "from", "to"),
        () -> ServiceInputFields.text(input, "text", MAX_TEXT),
        () -> ServiceInputFields.oneOf(input, "from", LANGUAGES),
        () -> ServiceInputFields.oneOf(input, "to", LANGUAGES));
    if (input.path("to").equals(input.path("from"))) {
      throw ServiceInputFields.refusal("to", "the other language", input.path("to"));
    }
  }

  @Override
  public JsonNode perform(JsonNode input, Instant asOf) {
    var text = input.path("text").asString();
    boolean chinese = input.path("to").asString().equals("zh");
    var phrasebook = chinese ? Phrasebook.TO_CHINESE : Phrasebook.TO_ENGLISH;
    var translatedText =
        phrasebook.translate(
            text,
            wholeSentences,
            chinese ? SentenceTokenizer.Style.CHINESE : SentenceTokenizer.Style.ENGLISH);
    var result = Json.object();
    result.put("text", translatedText.text());
    result.put("to", chinese ? "zh" : "en");
    var untranslated = result.putArray("untranslated");
    translatedText.unknown().stream().distinct().forEach(untranslated::add);
    result.put("coverage", coverage(text, translatedText.unknown().size()));
    return result;
  }

  /** Returns the share of words that were translated, 0.00 to 1.00. */
  private static String coverage(String text, int unknown) {
    long words =
        SentenceTokenizer.of(text).stream()
            .filter(word -> !SentenceTokenizer.isPunctuation(word))
            .count();
    return words == 0
        ? "1.00"
        : BigDecimal.valueOf(words - unknown)
            .divide(BigDecimal.valueOf(words), 2, RoundingMode.DOWN)
            .toPlainString();
  }
}
