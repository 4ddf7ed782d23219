package org.actsandbox.sandbox.mutant.merchant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.mutant.MerchantDefect;
import org.jspecify.annotations.Nullable;

/**
 * A defect of a merchant: asked about an order, it also shows the delivery record of another order.
 */
final class ForeignRecordShown implements MerchantDefect {

  @Override
  public MerchantWorld changeWorld(MerchantWorld honest) {
    return honest.withAttestations(new BorrowedAttestations(honest));
  }

  private record BorrowedAttestations(MerchantWorld world) implements Attestations {

    @Override
    public void report(AttestationEvent attestationEvent) {
      world.attestations().report(attestationEvent);
    }

    @Override
    public List<String> recordsOf(Did holder, RecordLinks recordLinks) {
      var all = new ArrayList<>(world.attestations().recordsOf(holder, recordLinks));
      otherDelivery(holder, recordLinks.orderNo()).ifPresent(all::add);
      return all;
    }

    private Optional<String> otherDelivery(Did holder, @Nullable String otherThan) {
      return world
          .jdbc()
          .sql(
              """
              select record_id from trust_record
              where world = :world and holder = :holder and event_type = :event
                and order_no <> :order order by record_id limit 1
              """)
          .param("world", world.partition())
          .param("holder", holder.value())
          .param("event", EventType.FULFILLMENT_COMPLETED.code())
          .param("order", otherThan)
          .query((row, _) -> row.getString(1))
          .optional();
    }

    @Override
    public Optional<Did> provider() {
      return world.attestations().provider();
    }
  }
}
