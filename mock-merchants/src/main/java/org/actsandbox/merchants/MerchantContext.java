package org.actsandbox.merchants;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.participant.RowExistence;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/**
 * Bundles one merchant in one world: its world, profile, identity and vertical. The services of the
 * merchant are built from it.
 *
 * @param depositPolicy says whether the merchant ever had a policy of deposits
 */
public record MerchantContext(
    MerchantWorld world,
    MerchantProfile profile,
    MerchantIdentity identity,
    Vertical vertical,
    RowExistence depositPolicy) {

  public MerchantContext(
      MerchantWorld world, MerchantProfile profile, MerchantIdentity identity, Vertical vertical) {
    this(world, profile, identity, vertical, new RowExistence());
  }

  public String id() {
    return profile.id();
  }

  public Did did() {
    return profile.did();
  }

  /**
   * Returns the first key column of every row of this merchant; the merchant's id is the second.
   */
  public String partition() {
    return world.partition();
  }

  public Instant now() {
    return world.now();
  }

  /** Journals a state change of this merchant. */
  public void note(JournalEvent event, Map<String, String> ids, Map<String, ?> data) {
    note(JournalNote.Kind.STATE, event, ids, data);
  }

  public void note(
      JournalNote.Kind kind, JournalEvent event, Map<String, String> ids, Map<String, ?> data) {
    world.note(kind, event, ids, data);
  }

  /** Notes a change under another component than that of the event. */
  public void note(
      ActComponent component, JournalEvent event, Map<String, String> ids, Map<String, ?> data) {
    world.note(JournalNote.Kind.STATE, component, event, ids, data);
  }
}
