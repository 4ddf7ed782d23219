package org.actsandbox.sandbox.evidence;

import java.util.List;
import java.util.stream.Collectors;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.trust.endpoint.RecordAccess;
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of an order. Each merchant has its own numbers, so the number is not enough.
 */
public final class OrderRecords {

  private OrderRecords() {}

  /**
   * Lists the records of an order without their causes, in the order of the events.
   *
   * @param merchant the merchant whose order it is; null where only one uses the number
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} where several merchants
   *     use the number and none is named
   */
  public static List<StoredRecord> of(
      RecordAccess records, String orderNo, @Nullable Did merchant) {
    var all = records.ofFlow(LookupKey.ORDER, orderNo);
    var merchants =
        all.stream()
            .flatMap(each -> each.record().merchant().stream())
            .distinct()
            .sorted()
            .toList();
    if (merchant == null && merchants.size() > 1) {
      throw FieldChecks.invalid(
          "merchant",
          "one of those who use this order number: "
              + merchants.stream().map(Did::name).collect(Collectors.joining(", ")),
          "none");
    }
    return all.stream()
        .filter(
            each ->
                merchant == null
                    || each.record().merchant().filter(other -> !other.equals(merchant)).isEmpty())
        .toList();
  }
}
