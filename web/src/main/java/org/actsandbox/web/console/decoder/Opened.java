package org.actsandbox.web.console.decoder;

import java.util.List;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * A journal entry opened for reading.
 *
 * @param component ACT component; empty for none
 * @param rule that the exchange is most about; null for none
 * @param parts headers, bodies and data, in the order of the exchange
 * @param signed what each signed part's signature covers
 * @param breaks where a part does not decode, or differs from what was signed
 * @param curl null where there is nothing to repeat
 */
public record Opened(
    JournalEntry entry,
    Step step,
    String fromName,
    @Nullable String toName,
    String component,
    @Nullable ActRule rule,
    String line,
    List<Part> parts,
    List<Signed> signed,
    List<Break> breaks,
    @Nullable String curl) {

  /**
   * One message or header payload.
   *
   * @param title key in the bundles: {@code request}, {@code answer}, {@code data}, or a header's
   *     name
   */
  public record Part(String title, List<Field> fields, String raw) {}

  /**
   * @param path {@code protocol.amount}
   * @param meaning with its rule; empty where the bundles have none
   */
  public record Field(String path, String value, String meaning) {}

  /**
   * @param path inside the part, {@code bill}; empty for the whole
   * @param verdict verified, wrong or unknown
   * @param text the exact signed string
   * @param key the public key it was checked against, as JWK; null for an unknown signer
   */
  public record Signed(
      String title,
      String path,
      String signerId,
      String verdict,
      String text,
      int bytes,
      @Nullable String key) {}
}
