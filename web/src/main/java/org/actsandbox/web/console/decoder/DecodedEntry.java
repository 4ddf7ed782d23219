package org.actsandbox.web.console.decoder;

import java.util.List;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * Is a journal entry decoded for reading: its messages, signatures and damage.
 *
 * @param component code of the ACT component; empty for none
 * @param rule the main rule of the exchange; null for none
 * @param line the request line with the answer's status, or the event's name
 * @param parts headers, bodies and data, in the order of the exchange
 * @param signed the signed text of each signed part
 * @param breaks the places where a part cannot be decoded or differs from the signed text
 * @param consent what the principal's key signed; null for another message than an approval
 * @param curl the command that repeats the request; null where there is none
 */
public record DecodedEntry(
    JournalEntry entry,
    NarratedEntry step,
    String fromName,
    @Nullable String toName,
    String component,
    @Nullable ActRule rule,
    String line,
    List<Part> parts,
    List<Signed> signed,
    List<MessageDamage> breaks,
    @Nullable Consent consent,
    @Nullable String curl) {

  /** Ours: how many fields are explained before the reader opens the whole message. */
  private static final int KEY_FACTS = 7;

  /**
   * Lists the fields that matter most, each name once.
   *
   * @return in the order of {@link KeyFact}
   */
  public List<Field> facts() {
    return KeyFact.of(parts.stream().flatMap(part -> part.fields().stream()).toList()).stream()
        .limit(KEY_FACTS)
        .toList();
  }

  /** Lists the texts of the message that give an agent orders. */
  public List<String> hostileTexts() {
    return parts.stream().flatMap(part -> part.hostile().stream()).distinct().toList();
  }

  /**
   * Is the content that the PIN released the principal's key for.
   *
   * @param text the content in RFC 8785 form, of which the digest is
   * @param bytes length of the text
   * @param digest the digest that the principal sent with the PIN
   * @param same true if the digest is that of the content
   */
  public record Consent(String text, int bytes, String digest, boolean same) {}

  /**
   * Is one message or header payload.
   *
   * @param title key in the bundles: {@code request}, {@code answer}, {@code data}, or a header's
   *     name
   * @param hostile texts in it that give an agent orders, each once
   */
  public record Part(
      String title, List<Field> fields, List<FieldNode> tree, String raw, List<String> hostile) {}

  /**
   * Is one field of a part.
   *
   * @param path the field's path, {@code protocol.amount}
   * @param local a moment of the protocol in the reader's time, an amount with its currency; empty
   *     for another value
   * @param meaning the field's meaning with its rule; empty where the bundles have none
   */
  public record Field(String path, String value, String local, String meaning) {

    /** Returns the last name of the path. */
    public String name() {
      return path.substring(path.lastIndexOf('.') + 1);
    }
  }

  /**
   * Is a signature and its verification.
   *
   * @param path path inside the part, {@code bill}; empty for the whole part
   * @param verdict verified, wrong or unknown
   * @param text the exact signed text
   * @param bytes length of the signed text
   * @param key the public key for the verification, as JWK; null for an unknown signer
   * @param diagnosis why the signature does not verify; null for one that does
   */
  public record Signed(
      String title,
      String path,
      String signerId,
      String verdict,
      String text,
      int bytes,
      @Nullable String key,
      @Nullable Diagnosis diagnosis) {}
}
