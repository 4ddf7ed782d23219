package org.actsandbox.sandbox.mutant.merchant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Links;
import org.actsandbox.protocol.attestation.Occurrence;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.mutant.MerchantDefect;
import org.jspecify.annotations.Nullable;

/** Asked about an order, it also shows the record of a delivery that was somebody else's. */
final class BorrowedRecord implements MerchantDefect {

  @Override
  public MerchantWorld surroundings(MerchantWorld honest) {
    return honest.attesting(new Borrowing(honest));
  }

  private record Borrowing(MerchantWorld world) implements Attestations {

    @Override
    public void happened(Occurrence occurrence) {
      world.attestations().happened(occurrence);
    }

    @Override
    public List<String> recordsOf(Did holder, Links links) {
      var all = new ArrayList<>(world.attestations().recordsOf(holder, links));
      delivered(holder, links.orderNo()).ifPresent(all::add);
      return all;
    }

    private Optional<String> delivered(Did holder, @Nullable String otherThan) {
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
