package org.actsandbox.merchants.buyer;

import static org.actsandbox.participant.TimeColumns.utc;

import java.time.Instant;
import java.util.List;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.Page;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the buyers whom a person of the seller has to look at, and whom a person let in. */
public final class BuyerReviews {

  /** Ours: a list of this length says enough. */
  private static final int MOST_SHOWN = 100;

  private final MerchantContext merchantContext;
  private final JdbcClient jdbc;

  public BuyerReviews(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
    this.jdbc = merchantContext.world().jdbc();
  }

  /** Represents a buyer that a person looks at. */
  public record Review(String credentialId, String agentId, Instant askedAt, boolean admitted) {}

  /** Tells whether a person let the buyer in; adds it to those who wait, if not. */
  boolean isAdmitted(String agentId, String credentialId) {
    return merchantContext
        .world()
        .inTransaction(
            () -> {
              jdbc.sql(
                      """
                      insert into merchant_buyer_review
                        (world, merchant, credential_id, agent_id, asked_at)
                      values (?, ?, ?, ?, ?) on conflict do nothing
                      """)
                  .params(
                      merchantContext.partition(),
                      merchantContext.id(),
                      credentialId,
                      agentId,
                      utc(merchantContext.now()))
                  .update();
              return jdbc.sql(
                      """
                      select admitted from merchant_buyer_review
                      where world = ? and merchant = ? and credential_id = ?
                      """)
                  .params(merchantContext.partition(), merchantContext.id(), credentialId)
                  .query(Boolean.class)
                  .single();
            });
  }

  /** Lists the buyers that waited or wait, the newest first. */
  public Page<Review> all() {
    return new Page<>(
        List.copyOf(
            jdbc.sql(
                    """
                    select credential_id, agent_id, asked_at, admitted from merchant_buyer_review
                    where world = ? and merchant = ?
                    order by world, merchant, asked_at desc, credential_id limit ?
                    """)
                .params(merchantContext.partition(), merchantContext.id(), MOST_SHOWN)
                .query(
                    (row, _) ->
                        new Review(
                            row.getString(1),
                            row.getString(2),
                            TimeColumns.instant(row, 3),
                            row.getBoolean(4)))
                .list()),
        null);
  }

  /**
   * Lets a buyer in on a person's word.
   *
   * @throws Refusal {@code not_found} if the buyer did not ask
   */
  public Page<Review> admit(String credentialId) {
    int changed =
        merchantContext
            .world()
            .inTransaction(
                () ->
                    jdbc.sql(
                            """
                            update merchant_buyer_review set admitted = true
                            where world = ? and merchant = ? and credential_id = ?
                            """)
                        .params(
                            merchantContext.partition(),
                            merchantContext.id(),
                            FieldChecks.text("credential_id", credentialId, 64))
                        .update());
    if (changed == 0) {
      throw new Refusal(Problem.NOT_FOUND, "no buyer with this credential waits")
          .at("credential_id")
          .observed(credentialId);
    }
    return all();
  }
}
