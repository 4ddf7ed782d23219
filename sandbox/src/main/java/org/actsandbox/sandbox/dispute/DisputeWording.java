package org.actsandbox.sandbox.dispute;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.attestation.dispute.PartyStatement;
import org.actsandbox.protocol.commerce.LocalizedMessages;
import org.actsandbox.protocol.document.SentenceCatalog;

/** Puts disputes into words in both languages, for pages and for the summary of a bundle. */
public final class DisputeWording {

  private static final String BUNDLE = "org.actsandbox.sandbox.dispute.wording";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

  private static final List<String> STATES = List.of("status", "state");

  /** Findings say in English why an approval is not valid. */
  private static final SentenceCatalog CHINESE =
      SentenceCatalog.of(DisputeWording.class, "sentences_zh.txt");

  private final String lang;
  private final ResourceBundle words;

  private DisputeWording(String lang) {
    this.lang = lang;
    this.words = LocalizedMessages.bundle(BUNDLE, lang);
  }

  /** Returns the wording of a language; English for a language without a translation. */
  public static DisputeWording forLocale(Locale locale) {
    return new DisputeWording(locale.getLanguage());
  }

  public String text(String key) {
    return words.getString(key);
  }

  /** Returns a text with its placeholders filled; a dash stands for a missing value. */
  public String text(String key, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(words.getString(key))
        .replaceAll(slot -> Matcher.quoteReplacement(values.getOrDefault(slot.group(1), "—")));
  }

  /**
   * Returns a party's statement: the translation of its code, or else its own words. A merchant
   * outside need not send every detail that the sentence has a place for.
   *
   * @param details the details in the form to show, especially times
   */
  public String statement(PartyStatement partyStatement, Map<String, String> details) {
    var code = partyStatement.code();
    var key = "said." + code;
    if (code == null || !words.containsKey(key)) {
      return partyStatement.says().isEmpty() && code != null ? code : partyStatement.says();
    }
    var values = new TreeMap<>(details);
    for (var name : STATES) {
      values.computeIfPresent(
          name,
          (_, value) -> {
            var worded = "status." + value.toLowerCase(Locale.ROOT);
            return words.containsKey(worded) ? words.getString(worded) : value;
          });
    }
    return text(isFilled(key, values) ? key : key + ".short", values);
  }

  /** Returns whether all places of a sentence are filled, or it has no shorter one to take. */
  private boolean isFilled(String key, Map<String, String> values) {
    return !words.containsKey(key + ".short")
        || PLACEHOLDER
            .matcher(words.getString(key))
            .results()
            .allMatch(slot -> values.containsKey(slot.group(1)));
  }

  public String reason(Finding.Reason reason) {
    var values = new TreeMap<>(reason.data());
    if (lang.equals("zh")) {
      values.computeIfPresent("why", (_, why) -> CHINESE.translate(why).orElse(why));
    }
    var record = reason.recordId();
    if (record != null) {
      values.put("record", record);
    }
    return text("reason." + reason.code().code(), values);
  }
}
