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

/** Disputes in plain words, in both languages: for pages and for the summary of a bundle. */
public final class DisputeWording {

  private static final String BUNDLE = "org.actsandbox.sandbox.dispute.wording";
  private static final Pattern SLOT = Pattern.compile("\\{([a-z_]+)}");

  private static final List<String> STATES = List.of("status", "state");

  private final ResourceBundle words;

  private DisputeWording(ResourceBundle words) {
    this.words = words;
  }

  /** Of a language; English where there are no words in it. */
  public static DisputeWording forLocale(Locale locale) {
    return new DisputeWording(LocalizedMessages.bundle(BUNDLE, locale.getLanguage()));
  }

  public String text(String key) {
    return words.getString(key);
  }

  /** What a slot has no value for is a dash. */
  public String text(String key, Map<String, String> values) {
    return SLOT.matcher(words.getString(key))
        .replaceAll(slot -> Matcher.quoteReplacement(values.getOrDefault(slot.group(1), "—")));
  }

  /**
   * What a party said: by its code, else in its own words, whatever language they are in.
   *
   * @param details as they are to be read, times above all
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
    return text(key, values);
  }

  public String reason(Finding.Reason reason) {
    var values = new TreeMap<>(reason.data());
    var record = reason.recordId();
    if (record != null) {
      values.put("record", record);
    }
    return text("reason." + reason.code().code(), values);
  }
}
