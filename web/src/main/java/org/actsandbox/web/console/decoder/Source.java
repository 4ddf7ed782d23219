package org.actsandbox.web.console.decoder;

import java.net.URI;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.share.Snapshot;
import org.actsandbox.sandbox.world.World;

/**
 * Where entries come from, and what is needed to read them: a world, or what was copied of one.
 *
 * @param base address of the world they are from
 */
public record Source(JournalStore journal, KeyDirectory keys, URI base) {

  public static Source of(World world) {
    return new Source(world.journalStore(), world.pastDirectory(), world.base());
  }

  public static Source of(Snapshot snapshot) {
    return new Source(snapshot, snapshot.keys(), snapshot.base());
  }
}
