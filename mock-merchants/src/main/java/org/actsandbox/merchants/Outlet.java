package org.actsandbox.merchants;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/** One merchant in one world: who it is, what it sells, and the world around it. */
public record Outlet(
    MerchantWorld world, MerchantProfile profile, MerchantIdentity identity, Vertical vertical) {

  public String id() {
    return profile.id();
  }

  public Did did() {
    return profile.did();
  }

  /** First two key columns of every row of this merchant. */
  public String partition() {
    return world.partition();
  }

  public Instant now() {
    return world.now();
  }

  /** Journals a state change of this merchant. */
  public void note(
      ActComponent component, String event, Map<String, String> ids, Map<String, ?> data) {
    note(JournalNote.Kind.STATE, component, event, ids, data);
  }

  public void note(
      JournalNote.Kind kind,
      ActComponent component,
      String event,
      Map<String, String> ids,
      Map<String, ?> data) {
    world.journal().note(new JournalNote(did().value(), kind, component, event, ids, data));
  }
}
