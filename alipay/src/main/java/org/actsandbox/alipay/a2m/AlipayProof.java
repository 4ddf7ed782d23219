package org.actsandbox.alipay.a2m;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/** Holds the content of a {@code Payment-Proof} header in Alipay's form (AIP-148). */
public record AlipayProof(ProofOrder protocol, ProofSession method) {

  /** Both are opaque texts (AIP-152). */
  public record ProofOrder(@Nullable String paymentProof, @Nullable String tradeNo) {}

  /** The session is opaque for a seller, who hands it on byte for byte (AIP-9). */
  public record ProofSession(@Nullable String clientSession) {}

  public static AlipayProof of(String paymentProof, String tradeNo, String clientSession) {
    return new AlipayProof(new ProofOrder(paymentProof, tradeNo), new ProofSession(clientSession));
  }

  /** Reads a header in Base64 of either alphabet, padded or not (AIP-149). */
  public static Optional<AlipayProof> decode(String header) {
    return HeaderText.decode(header, AlipayProof.class)
        .filter(proof -> proof.protocol != null && proof.method != null);
  }

  /**
   * Writes the one form that every seller decodes: standard Base64 with padding that contains
   * neither {@code +} nor {@code /} (AIP-150). ASCII produces these two only from four characters,
   * which JSON can write as escapes.
   */
  public String encode() {
    var json = new StringBuilder();
    Json.write(this)
        .chars()
        .forEach(
            c -> {
              if (c >= 0x7e || c == '>' || c == '?') {
                json.append("\\u%04x".formatted(c));
              } else {
                json.append((char) c);
              }
            });
    return Base64.getEncoder().encodeToString(json.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
