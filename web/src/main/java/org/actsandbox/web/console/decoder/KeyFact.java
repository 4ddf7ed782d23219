package org.actsandbox.web.console.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lists the fields that matter most in any message, the most important first. */
enum KeyFact {
  CODE,
  AMOUNT,
  TOTAL,
  EXPECTED_TOTAL,
  MAX_TOTAL_AMOUNT,
  MAX_SINGLE_AMOUNT,
  STATUS,
  DECISION,
  PAY_BEFORE,
  HOLD_UNTIL,
  PAYEE,
  ORDER_NO,
  OUT_TRADE_NO,
  VALIDITY_END_TIME,
  DELEGATION_MODE,
  RESOURCE_ID,
  REQUEST_FINGERPRINT,
  PAYMENT_PROOF,
  VALIDATION_STATUS,
  TRADE_NO,
  DIGEST,
  INSTRUMENT_REF,
  CONSTRAINTS,
  IMPLICIT_NEEDS,
  INTENT_ID,
  SIGNER_ID,
  REQUEST_ID,
  ERROR_ID,
  VALID_NEXT_ACTIONS;

  /** Finds these fields, each at its first place. */
  static List<DecodedEntry.Field> of(List<DecodedEntry.Field> fields) {
    var found = new ArrayList<DecodedEntry.Field>();
    Arrays.stream(values())
        .map(fact -> fact.name().toLowerCase(Locale.ROOT))
        .forEach(
            name ->
                fields.stream()
                    .filter(field -> isNamed(field, name))
                    .findFirst()
                    .ifPresent(found::add));
    return List.copyOf(found);
  }

  private static boolean isNamed(DecodedEntry.Field field, String name) {
    return (field.path().equals(name) || field.path().endsWith("." + name))
        && !field.path().contains("[")
        && !field.meaning().isEmpty();
  }
}
