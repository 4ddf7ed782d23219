package org.actsandbox.web.console.disputes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.web.console.form.FormFields;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the principal has filled in to dispute an order, so that a refused form can be shown
 * again.
 *
 * @param says the principal's description
 * @param expected the amount that the principal expected; empty for none
 * @param refused code of the refusal; null for a new form
 * @param field the field that the refusal is about; null for none
 */
public record DisputeForm(
    String kind, String says, String expected, @Nullable String refused, @Nullable String field) {

  public static final DisputeForm EMPTY = new DisputeForm("", "", "", null, null);

  public static DisputeForm of(FormFields fields) {
    return new DisputeForm(
        Objects.requireNonNullElse(fields.first("kind"), ""),
        Objects.requireNonNullElse(fields.first("description"), ""),
        Objects.requireNonNullElse(fields.first("expected_amount"), ""),
        null,
        null);
  }

  public DisputeForm refused(String code, String atField) {
    return new DisputeForm(kind, says, expected, code, atField);
  }

  public List<DisputeKind> kinds() {
    return List.of(DisputeKind.values());
  }

  public int most() {
    return Claim.MAX_DESCRIPTION;
  }

  /**
   * Makes the claim that the dispute service takes. It contains an amount only where the claim is
   * about one.
   *
   * @param pin the PIN, which is stored nowhere and never shown again
   */
  public Map<String, String> claim(String orderNo, String merchant, String pin) {
    var claim = new TreeMap<String, String>();
    claim.put("order_no", orderNo);
    claim.put("merchant", merchant);
    claim.put("kind", kind);
    claim.put("description", says);
    claim.put("pin", pin.strip());
    if (kind.equals(DisputeKind.AMOUNT_DIFFERS.code())) {
      claim.put("expected_amount", expected);
    }
    return claim;
  }
}
