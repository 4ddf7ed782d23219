package org.actsandbox.sandbox.control.openapi;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Map.Entry;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.dispute.PartyStatement;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.delegation.Isr;

/**
 * Lists the messages inside fields that the server keeps as JSON, because a signature covers them
 * as they were written.
 */
final class SignedFieldTypes {

  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "DelegationIntentsDraft.isr", Isr.class,
          "DelegationIntentView.isr", Isr.class,
          "EvidenceResponse.statement", PartyStatement.class,
          "DelegatedPaymentRequest.order", Order.class,
          "TrustRecordView.record", OffChainRecord.class,
          "TrustVerificationOrder.record", OffChainRecord.class);

  private SignedFieldTypes() {}

  /** Returns the types of the message's fields, by the names of its components. */
  static Map<String, Class<?>> of(Class<?> message) {
    var prefix = OpenApiSchemaNames.of(message) + '.';
    return TYPES.entrySet().stream()
        .filter(each -> each.getKey().startsWith(prefix))
        .collect(toMap(each -> each.getKey().substring(prefix.length()), Entry::getValue));
  }
}
