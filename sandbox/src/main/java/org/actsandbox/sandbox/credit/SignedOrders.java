package org.actsandbox.sandbox.credit;

import static org.actsandbox.participant.TimeColumns.utc;

import org.actsandbox.protocol.credit.AntiReplay;
import org.actsandbox.protocol.credit.CreditMessageRules;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Accepts each signed order of a sender once. The rows are written in the order's transaction. */
public final class SignedOrders {

  private final CreditWorld world;

  public SignedOrders(CreditWorld world) {
    this.world = world;
  }

  /** Returns the text by which a repetition is recognized. */
  public static String key(AntiReplay antiReplay) {
    CreditMessageRules.antiReplay(antiReplay);
    var nonce = antiReplay.nonce();
    return nonce == null ? "k:" + antiReplay.idempotencyKey() : "n:" + nonce;
  }

  /** Takes the element against replay; false if the sender used it before. */
  public boolean isFirst(String sender, AntiReplay antiReplay) {
    return world
            .jdbc()
            .sql(
                """
                insert into credit_replay (world, participant, sender, replay_key, used_at)
                values (?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(
                world.partition(), world.did().name(), sender, key(antiReplay), utc(world.now()))
            .update()
        == 1;
  }

  /**
   * @throws Refusal {@code duplicate_request}
   */
  public void requireFirst(String sender, AntiReplay antiReplay) {
    if (!isFirst(sender, antiReplay)) {
      throw new Refusal(Problem.DUPLICATE_REQUEST, "this message was accepted before")
          .at("antiReplay")
          .expected("a nonce or key that this sender has not used");
    }
  }
}
